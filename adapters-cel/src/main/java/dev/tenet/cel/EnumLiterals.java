package dev.tenet.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.domain.diagnostic.Spelling;
import dev.tenet.domain.schema.FieldType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds comparisons of an enum field with a literal that is none of its values.
final class EnumLiterals {

  private static final Set<String> COMPARISONS = Set.of("_==_", "_!=_", "@in");

  private final CelAbstractSyntaxTree ast;
  private final SourceText source;
  private final SchemaTypes schema;
  private final List<Diagnostic> faults = new ArrayList<>();

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
    if (expr.getKind() == CelExpr.ExprKind.Kind.CALL
        && COMPARISONS.contains(expr.call().function())) {
      compare(expr.call().args().get(0), expr.call().args().get(1));
      compare(expr.call().args().get(1), expr.call().args().get(0));
    }
    Children.of(expr).forEach(this::visit);
  }

  private void compare(CelExpr field, CelExpr with) {
    enumeration(field)
        .ifPresent(
            values -> {
              if (with.getKind() == CelExpr.ExprKind.Kind.LIST) {
                with.list().elements().forEach(element -> literal(field, element, values));
              } else {
                literal(field, with, values);
              }
            });
  }

  private Optional<List<String>> enumeration(CelExpr expr) {
    if (expr.getKind() != CelExpr.ExprKind.Kind.SELECT || expr.select().testOnly()) {
      return Optional.empty();
    }
    CelType owner = ast.getTypeOrThrow(expr.select().operand().id());
    return schema
        .shape(owner)
        .filter(shape -> shape.slot(expr.select().field()) >= 0)
        .map(shape -> shape.field(shape.slot(expr.select().field())).type())
        .flatMap(EnumLiterals::values);
  }

  private static Optional<List<String>> values(FieldType type) {
    return switch (type) {
      case FieldType.EnumOf(var values) -> Optional.of(values);
      case FieldType.ListOf(FieldType.EnumOf(var values)) -> Optional.of(values);
      default -> Optional.empty();
    };
  }

  private void literal(CelExpr field, CelExpr expr, List<String> values) {
    if (expr.getKind() != CelExpr.ExprKind.Kind.CONSTANT
        || expr.constant().getKind() != CelConstant.Kind.STRING_VALUE
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
                    field.select().field(),
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
