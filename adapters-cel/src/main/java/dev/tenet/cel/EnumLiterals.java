package dev.tenet.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.domain.diagnostic.Spelling;
import dev.tenet.domain.schema.Field;
import dev.tenet.domain.schema.FieldType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Finds comparisons of an enum field with a literal that is none of its values.
final class EnumLiterals {

  private static final Set<String> COMPARISONS = Set.of("_==_", "_!=_", "@in");
  private static final String CONDITIONAL = "_?_:_";

  private final CelAbstractSyntaxTree ast;
  private final SourceText source;
  private final SchemaTypes schema;
  private final Map<String, Enumeration> variables = new HashMap<>();
  private final List<Diagnostic> faults = new ArrayList<>();

  /// The values that something may have.
  ///
  /// @param name of the field that they are declared for
  private record Enumeration(String name, List<String> values) {
    Enumeration or(Enumeration other) {
      return new Enumeration(
          name.equals(other.name) ? name : name + " or " + other.name,
          Stream.concat(values.stream(), other.values.stream()).distinct().toList());
    }
  }

  private EnumLiterals(CelAbstractSyntaxTree ast, SourceText source, SchemaTypes schema) {
    this.ast = ast;
    this.source = source;
    this.schema = schema;
  }

  static List<Diagnostic> check(CelAbstractSyntaxTree ast, SourceText source, SchemaTypes schema) {
    EnumLiterals check = new EnumLiterals(ast, source, schema);
    check.visit(ast.getExpr());
    return check.faults;
  }

  private void visit(CelExpr expr) {
    if (expr.getKind() == CelExpr.ExprKind.Kind.COMPREHENSION) {
      visit(expr.comprehension());
      return;
    }
    if (expr.getKind() == CelExpr.ExprKind.Kind.CALL
        && COMPARISONS.contains(expr.call().function())) {
      compare(expr.call().args().get(0), expr.call().args().get(1));
      compare(expr.call().args().get(1), expr.call().args().get(0));
    }
    Children.of(expr).forEach(this::visit);
  }

  /// The variable of a comprehension over a list of an enum is of that enum.
  private void visit(CelExpr.CelComprehension fold) {
    visit(fold.iterRange());
    visit(fold.accuInit());
    Map<String, Enumeration> outer = new HashMap<>(variables);
    variables.keySet().removeAll(List.of(fold.accuVar(), fold.iterVar(), fold.iterVar2()));
    if (fold.iterVar2().isEmpty()) {
      declared(fold.iterRange())
          .flatMap(field -> element(field).map(values -> new Enumeration(field.name(), values)))
          .ifPresent(enumeration -> variables.put(fold.iterVar(), enumeration));
    }
    visit(fold.loopCondition());
    visit(fold.loopStep());
    visit(fold.result());
    variables.clear();
    variables.putAll(outer);
  }

  private static Optional<List<String>> element(Field field) {
    return field.type() instanceof FieldType.ListOf(FieldType.EnumOf(var values))
        ? Optional.of(values)
        : Optional.empty();
  }

  private void compare(CelExpr side, CelExpr with) {
    enumeration(side).ifPresent(enumeration -> literals(enumeration, with));
  }

  /// Every literal that the expression may be, or may have as an element.
  private void literals(Enumeration enumeration, CelExpr expr) {
    switch (expr.getKind()) {
      case CONSTANT -> literal(enumeration, expr);
      case LIST -> expr.list().elements().forEach(element -> literals(enumeration, element));
      case CALL -> {
        if (expr.call().function().equals(CONDITIONAL)) {
          literals(enumeration, expr.call().args().get(1));
          literals(enumeration, expr.call().args().get(2));
        }
      }
      default -> {}
    }
  }

  /// {@return the values that the expression may have, when they are known}
  private Optional<Enumeration> enumeration(CelExpr expr) {
    return switch (expr.getKind()) {
      case IDENT -> Optional.ofNullable(variables.get(expr.ident().name()));
      case SELECT ->
          declared(expr)
              .flatMap(
                  field ->
                      values(field.type()).map(values -> new Enumeration(field.name(), values)));
      case CALL -> call(expr.call());
      default -> Optional.empty();
    };
  }

  private Optional<Enumeration> call(CelExpr.CelCall call) {
    if (call.function().equals("_[_]")) {
      return declared(call.args().get(0))
          .flatMap(field -> element(field).map(values -> new Enumeration(field.name(), values)));
    }
    if (!call.function().equals(CONDITIONAL)) {
      return Optional.empty();
    }
    Optional<Enumeration> one = enumeration(call.args().get(1));
    Optional<Enumeration> other = enumeration(call.args().get(2));
    return one.isEmpty() || other.isEmpty()
        ? Optional.empty()
        : Optional.of(one.get().or(other.get()));
  }

  /// {@return the field of the schema that the expression selects}
  private Optional<Field> declared(CelExpr expr) {
    if (expr.getKind() != CelExpr.ExprKind.Kind.SELECT || expr.select().testOnly()) {
      return Optional.empty();
    }
    CelType owner = ast.getTypeOrThrow(expr.select().operand().id());
    return schema
        .shape(owner)
        .filter(shape -> shape.slot(expr.select().field()) >= 0)
        .map(shape -> shape.field(shape.slot(expr.select().field())));
  }

  private static Optional<List<String>> values(FieldType type) {
    return switch (type) {
      case FieldType.EnumOf(var values) -> Optional.of(values);
      case FieldType.ListOf(FieldType.EnumOf(var values)) -> Optional.of(values);
      default -> Optional.empty();
    };
  }

  private void literal(Enumeration enumeration, CelExpr expr) {
    List<String> values = enumeration.values();
    if (expr.constant().getKind() != CelConstant.Kind.STRING_VALUE
        || values.contains(expr.constant().stringValue())) {
      return;
    }
    String written = expr.constant().stringValue();
    String nearest = Spelling.nearest(written, values).orElse(null);
    Integer position = ast.getSource().getPositionsMap().get(expr.id());
    faults.add(
        Diagnostic.error(
            "enum_value_unknown",
            position == null ? source.whole() : source.token(source.offsetOfCodePoint(position)),
            "%s is never %s%s"
                .formatted(
                    enumeration.name(),
                    Quoted.text(written),
                    nearest == null
                        ? "; it is one of " + sample(values) + "."
                        : "; did you mean " + Quoted.text(nearest) + "?"),
            nearest));
  }

  private static String sample(List<String> values) {
    String shown = String.join(", ", values.stream().limit(10).map(Quoted::text).toList());
    return values.size() > 10 ? shown + ", …" : shown;
  }
}
