package dev.tenet.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelKind;
import dev.tenet.cel.plan.Condition;
import dev.tenet.cel.plan.Condition.TextRelation;
import dev.tenet.cel.plan.IntegerSet;
import dev.tenet.cel.plan.IntegerTerm;
import dev.tenet.cel.plan.Loop;
import dev.tenet.cel.plan.RealTerm;
import dev.tenet.cel.plan.ReferenceTerm;
import dev.tenet.cel.plan.Relation;
import dev.tenet.cel.plan.Slots;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Turns a checked expression into a typed condition. What has no typed form stays as it is, as an opaque condition that the
/// nodes evaluate.
final class ConditionPlanner {

  private static final Map<String, Relation> RELATIONS =
      Map.of(
          "_==_", Relation.EQUAL,
          "_!=_", Relation.DIFFERENT,
          "_<_", Relation.LESS,
          "_<=_", Relation.AT_MOST,
          "_>_", Relation.GREATER,
          "_>=_", Relation.AT_LEAST);
  private static final Map<String, TextRelation> TEXT_RELATIONS =
      Map.of(
          "startsWith", TextRelation.STARTS_WITH,
          "endsWith", TextRelation.ENDS_WITH,
          "contains", TextRelation.CONTAINS);
  private static final Map<String, IntegerTerm.Operation> INTEGER_OPERATIONS =
      Map.of(
          "_+_", IntegerTerm.Operation.PLUS,
          "_-_", IntegerTerm.Operation.MINUS,
          "_*_", IntegerTerm.Operation.TIMES,
          "_/_", IntegerTerm.Operation.DIVIDE,
          "_%_", IntegerTerm.Operation.REMAINDER);
  private static final Map<String, RealTerm.Operation> REAL_OPERATIONS =
      Map.of(
          "_+_", RealTerm.Operation.PLUS,
          "_-_", RealTerm.Operation.MINUS,
          "_*_", RealTerm.Operation.TIMES,
          "_/_", RealTerm.Operation.DIVIDE);

  private final CelAbstractSyntaxTree ast;
  private final Places places;
  private final Function<CelExpr, TreePlanner.Plan> exactly;
  private final boolean cheap;

  /// @param exactly plans a part of the expression that has no typed form
  /// @param most the most work that may be done without burning fuel; an expression that may do more has no typed form
  ConditionPlanner(
      CelAbstractSyntaxTree ast,
      Places places,
      Function<CelExpr, TreePlanner.Plan> exactly,
      long most) {
    this.ast = ast;
    this.places = places;
    this.exactly = exactly;
    this.cheap = weight(ast.getExpr()) <= most;
  }

  /// {@return the condition that the expression is}
  Condition condition() {
    CelExpr whole = ast.getExpr();
    return cheap && kind(whole) == CelKind.BOOL
        ? orOpaque(whole)
        : new Condition.Opaque(new ExactPart(exactly.apply(whole), true));
  }

  /// {@return the expression as an integer, if it is one and has a typed form}
  Optional<IntegerTerm> integer() {
    return cheap ? integer(ast.getExpr()) : Optional.empty();
  }

  /// {@return the expression as a floating-point number, if it is one and has a typed form}
  Optional<RealTerm> real() {
    return cheap ? real(ast.getExpr()) : Optional.empty();
  }

  /// {@return the expression as a text, if it is one and has a typed form}
  Optional<ReferenceTerm> text() {
    return cheap ? text(ast.getExpr()) : Optional.empty();
  }

  /// {@return no less than what evaluating the expression costs, loops aside}
  private static long weight(CelExpr expr) {
    long weight =
        expr.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && expr.constant().getKind() == CelConstant.Kind.STRING_VALUE
            ? expr.constant().stringValue().length() / Meter.TEXT_PER_UNIT
            : 0;
    weight += 2;
    for (CelExpr child : Children.of(expr)) {
      weight += weight(child);
    }
    return weight;
  }

  /// Inside of a loop nothing can be opaque: the nodes do not know its variables.
  private Condition orOpaque(CelExpr expr) {
    return condition(expr)
        .orElseGet(() -> new Condition.Opaque(new ExactPart(exactly.apply(expr), false)));
  }

  private Optional<Condition> part(CelExpr expr) {
    return places.inLoop() ? condition(expr) : Optional.of(orOpaque(expr));
  }

  private Optional<Condition> condition(CelExpr expr) {
    return switch (expr.getKind()) {
      case CONSTANT ->
          expr.constant().getKind() == CelConstant.Kind.BOOLEAN_VALUE
              ? Optional.of(new Condition.Constant(expr.constant().booleanValue()))
              : Optional.empty();
      case IDENT, SELECT ->
          expr.getKind() == CelExpr.ExprKind.Kind.SELECT && expr.select().testOnly()
              ? places.field(expr.select().operand(), expr.select().field()).map(Places.Place::has)
              : places.find(expr).flatMap(Places.Place::truth);
      case CALL -> call(expr.call());
      case COMPREHENSION -> loop(expr.comprehension());
      default -> Optional.empty();
    };
  }

  private Optional<Condition> call(CelExpr.CelCall call) {
    List<CelExpr> arguments = call.args();
    return switch (call.function()) {
      case "_&&_" -> parts("_&&_", call).map(Condition.And::new);
      case "_||_" -> parts("_||_", call).map(Condition.Or::new);
      case "!_" -> part(arguments.getFirst()).map(Condition.Not::new);
      case "_?_:_" ->
          part(arguments.get(0))
              .flatMap(
                  condition ->
                      part(arguments.get(1))
                          .flatMap(
                              yes ->
                                  part(arguments.get(2))
                                      .map(no -> new Condition.Choice(condition, yes, no))));
      case "@in" -> in(arguments.get(0), arguments.get(1));
      default -> {
        Relation relation = RELATIONS.get(call.function());
        TextRelation ofTexts = TEXT_RELATIONS.get(call.function());
        if (relation != null) {
          yield compared(arguments.get(0), relation, arguments.get(1));
        }
        yield ofTexts != null && call.target().isPresent() && arguments.size() == 1
            ? texts(call.target().get(), ofTexts, arguments.getFirst())
            : Optional.empty();
      }
    };
  }

  /// {@return the operands of a chain of the same operator}
  private Optional<List<Condition>> parts(String function, CelExpr.CelCall call) {
    List<Condition> parts = new ArrayList<>();
    for (CelExpr operand : chain(function, call, new ArrayList<>())) {
      Optional<Condition> part = part(operand);
      if (part.isEmpty()) {
        return Optional.empty();
      }
      parts.add(part.get());
    }
    return Optional.of(parts);
  }

  private static List<CelExpr> chain(String function, CelExpr.CelCall call, List<CelExpr> into) {
    for (CelExpr operand : call.args()) {
      if (operand.getKind() == CelExpr.ExprKind.Kind.CALL
          && operand.call().function().equals(function)) {
        chain(function, operand.call(), into);
      } else {
        into.add(operand);
      }
    }
    return into;
  }

  private Optional<Condition> compared(CelExpr left, Relation relation, CelExpr right) {
    CelKind a = kind(left);
    CelKind b = kind(right);
    if (a == CelKind.INT && b == CelKind.INT) {
      return integer(left)
          .flatMap(x -> integer(right).map(y -> Comparisons.integers(x, relation, y)));
    }
    if (isNumber(a) && isNumber(b)) {
      return real(left).flatMap(x -> real(right).map(y -> Comparisons.reals(x, relation, y)));
    }
    boolean equality = relation == Relation.EQUAL || relation == Relation.DIFFERENT;
    if (!equality || a != b) {
      return Optional.empty();
    }
    Optional<Condition> equal =
        switch (a) {
          case STRING -> texts(left, TextRelation.EQUAL, right);
          case BOOL -> truths(left, right);
          default -> Optional.empty();
        };
    return relation == Relation.EQUAL ? equal : equal.map(Condition.Not::new);
  }

  private static boolean isNumber(CelKind kind) {
    return kind == CelKind.INT || kind == CelKind.DOUBLE;
  }

  private CelKind kind(CelExpr expr) {
    return ast.getTypeOrThrow(expr.id()).kind();
  }

  private Optional<Condition> texts(CelExpr left, TextRelation relation, CelExpr right) {
    return kind(left) == CelKind.STRING && kind(right) == CelKind.STRING
        ? text(left).flatMap(x -> text(right).map(y -> Comparisons.texts(x, relation, y)))
        : Optional.empty();
  }

  private Optional<Condition> truths(CelExpr left, CelExpr right) {
    return part(left).flatMap(a -> part(right).map(b -> new Condition.Same(a, b)));
  }

  private Optional<Condition> in(CelExpr element, CelExpr range) {
    if (range.getKind() != CelExpr.ExprKind.Kind.LIST) {
      return kind(element) == CelKind.STRING
          ? text(element)
              .flatMap(
                  text ->
                      places
                          .find(range)
                          .filter(Places.Place::holdsTexts)
                          .map(list -> new Condition.TextInList(text, list.reference())))
          : Optional.empty();
    }
    return switch (kind(element)) {
      case STRING ->
          strings(range.list().elements())
              .flatMap(among -> text(element).map(text -> Comparisons.in(text, among)));
      case INT ->
          integers(range.list().elements())
              .flatMap(
                  among ->
                      integer(element).map(integer -> new Condition.IntegerIn(integer, among)));
      default -> Optional.empty();
    };
  }

  private static Optional<Set<String>> strings(List<CelExpr> elements) {
    Set<String> strings = new HashSet<>();
    for (CelExpr element : elements) {
      if (!isConstant(element, CelConstant.Kind.STRING_VALUE)) {
        return Optional.empty();
      }
      strings.add(element.constant().stringValue());
    }
    return Optional.of(strings);
  }

  private static Optional<IntegerSet> integers(List<CelExpr> elements) {
    Set<Long> integers = new HashSet<>();
    for (CelExpr element : elements) {
      if (!isConstant(element, CelConstant.Kind.INT64_VALUE)) {
        return Optional.empty();
      }
      integers.add(element.constant().int64Value());
    }
    return Optional.of(IntegerSet.of(integers));
  }

  private static boolean isConstant(CelExpr expr, CelConstant.Kind kind) {
    return expr.getKind() == CelExpr.ExprKind.Kind.CONSTANT && expr.constant().getKind() == kind;
  }

  private Optional<IntegerTerm> integer(CelExpr expr) {
    if (kind(expr) != CelKind.INT) {
      return Optional.empty();
    }
    return switch (expr.getKind()) {
      case CONSTANT -> Optional.of(new IntegerTerm.Constant(expr.constant().int64Value()));
      case IDENT, SELECT -> places.find(expr).flatMap(Places.Place::integer);
      case CALL -> integer(expr.call());
      default -> Optional.empty();
    };
  }

  private Optional<IntegerTerm> integer(CelExpr.CelCall call) {
    List<CelExpr> arguments = call.args();
    IntegerTerm.Operation operation = INTEGER_OPERATIONS.get(call.function());
    if (operation != null) {
      return integer(arguments.get(0))
          .flatMap(
              a -> integer(arguments.get(1)).map(b -> Comparisons.arithmetic(operation, a, b)));
    }
    return switch (call.function()) {
      case "-_" -> integer(arguments.getFirst()).map(Comparisons::negated);
      case "size" -> sized(call.target().orElseGet(arguments::getFirst)).map(IntegerTerm.Size::new);
      case "_?_:_" ->
          part(arguments.get(0))
              .flatMap(
                  condition ->
                      integer(arguments.get(1))
                          .flatMap(
                              yes ->
                                  integer(arguments.get(2))
                                      .map(no -> new IntegerTerm.Choice(condition, yes, no))));
      default -> Optional.empty();
    };
  }

  private Optional<ReferenceTerm> sized(CelExpr expr) {
    return kind(expr) == CelKind.STRING
        ? text(expr)
        : places.find(expr).filter(Places.Place::hasSize).map(Places.Place::reference);
  }

  /// {@return a number of either kind as a floating-point number}
  private Optional<RealTerm> real(CelExpr expr) {
    if (kind(expr) == CelKind.INT) {
      return integer(expr).map(RealTerm.OfInteger::new);
    }
    return switch (expr.getKind()) {
      case CONSTANT -> Optional.of(new RealTerm.Constant(expr.constant().doubleValue()));
      case IDENT, SELECT -> places.find(expr).flatMap(Places.Place::real);
      case CALL -> real(expr.call());
      default -> Optional.empty();
    };
  }

  private Optional<RealTerm> real(CelExpr.CelCall call) {
    List<CelExpr> arguments = call.args();
    RealTerm.Operation operation = REAL_OPERATIONS.get(call.function());
    if (operation != null) {
      return real(arguments.get(0))
          .flatMap(a -> real(arguments.get(1)).map(b -> new RealTerm.Arithmetic(operation, a, b)));
    }
    return switch (call.function()) {
      case "-_" -> real(arguments.getFirst()).map(Comparisons::negated);
      case "double" ->
          isNumber(kind(arguments.getFirst())) ? real(arguments.getFirst()) : Optional.empty();
      case "_?_:_" ->
          part(arguments.get(0))
              .flatMap(
                  condition ->
                      real(arguments.get(1))
                          .flatMap(
                              yes ->
                                  real(arguments.get(2))
                                      .map(no -> new RealTerm.Choice(condition, yes, no))));
      default -> Optional.empty();
    };
  }

  private Optional<ReferenceTerm> text(CelExpr expr) {
    return switch (expr.getKind()) {
      case CONSTANT -> Optional.of(new ReferenceTerm.Constant(expr.constant().stringValue()));
      case IDENT, SELECT ->
          places.find(expr).filter(Places.Place::isText).map(Places.Place::reference);
      case CALL -> {
        List<CelExpr> arguments = expr.call().args();
        yield expr.call().function().equals("_?_:_")
            ? part(arguments.get(0))
                .flatMap(
                    condition ->
                        text(arguments.get(1))
                            .flatMap(
                                yes ->
                                    text(arguments.get(2))
                                        .map(no -> new ReferenceTerm.Choice(condition, yes, no))))
            : Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  private Optional<Condition> loop(CelExpr.CelComprehension fold) {
    Optional<Macro> macro = Macro.of(fold);
    Optional<Places.Place> list = places.find(fold.iterRange()).filter(Places.Place::isList);
    if (macro.isEmpty() || list.isEmpty() || places.depth() == Slots.DEEPEST_LOOP) {
      return Optional.empty();
    }
    int depth = places.depth();
    ReferenceTerm range = list.get().reference();
    Optional<Condition> body =
        places.within(fold.iterVar(), list.get(), () -> condition(macro.get().body()));
    long fuel = 2 + weight(fold.loopCondition()) + weight(fold.loopStep());
    return body.map(
        each ->
            new Condition.Quantified(new Loop(macro.get().quantifier(), range, depth, each, fuel)));
  }

  /// A comprehension that is what one of the macros on lists stands for.
  private record Macro(Loop.Quantifier quantifier, CelExpr body) {

    static Optional<Macro> of(CelExpr.CelComprehension fold) {
      CelExpr step = fold.loopStep();
      if (!fold.iterVar2().isEmpty() || step.getKind() != CelExpr.ExprKind.Kind.CALL) {
        return Optional.empty();
      }
      List<CelExpr> arguments = step.call().args();
      boolean plain = isAccumulator(fold.result(), fold);
      return switch (step.call().function()) {
        case "_||_" ->
            plain && starts(fold, false) && isAccumulator(arguments.get(0), fold)
                ? Optional.of(new Macro(Loop.Quantifier.ANY, arguments.get(1)))
                : Optional.empty();
        case "_&&_" ->
            plain && starts(fold, true) && isAccumulator(arguments.get(0), fold)
                ? Optional.of(new Macro(Loop.Quantifier.ALL, arguments.get(1)))
                : Optional.empty();
        case "_?_:_" ->
            counts(fold) && isAccumulator(arguments.get(2), fold)
                ? Optional.of(new Macro(Loop.Quantifier.ONE, arguments.get(0)))
                : Optional.empty();
        default -> Optional.empty();
      };
    }

    private static boolean isAccumulator(CelExpr expr, CelExpr.CelComprehension fold) {
      return expr.getKind() == CelExpr.ExprKind.Kind.IDENT
          && expr.ident().name().equals(fold.accuVar());
    }

    private static boolean starts(CelExpr.CelComprehension fold, boolean with) {
      return isConstant(fold.accuInit(), CelConstant.Kind.BOOLEAN_VALUE)
          && fold.accuInit().constant().booleanValue() == with;
    }

    private static boolean counts(CelExpr.CelComprehension fold) {
      CelExpr result = fold.result();
      return isConstant(fold.accuInit(), CelConstant.Kind.INT64_VALUE)
          && fold.accuInit().constant().int64Value() == 0
          && result.getKind() == CelExpr.ExprKind.Kind.CALL
          && result.call().function().equals("_==_")
          && isAccumulator(result.call().args().get(0), fold)
          && isConstant(result.call().args().get(1), CelConstant.Kind.INT64_VALUE)
          && result.call().args().get(1).constant().int64Value() == 1;
    }
  }
}
