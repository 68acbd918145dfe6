package dev.tenet.cel;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.ListType;
import dev.cel.common.types.TypeParamType;
import dev.cel.common.values.CelByteString;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The macro `list.sortBy(element, key)`. cel-java's own types its result as a list of pairs.
final class SortBy {

  private static final String FUNCTION = "@sortByAssociatedKeys";
  private static final String OVERLOAD = "list_sorted_by_keys";
  private static final String LIST = "@sorted";
  private static final String UNUSED = "#unused";

  private SortBy() {}

  static CelMacro macro() {
    return CelMacro.newReceiverMacro("sortBy", 2, SortBy::expand);
  }

  private static Optional<CelExpr> expand(
      CelMacroExprFactory factory, CelExpr target, List<CelExpr> arguments) {
    CelExpr element = arguments.get(0);
    if (element.getKind() != CelExpr.ExprKind.Kind.IDENT) {
      return Optional.of(
          factory.reportError(
              CelIssue.formatError(
                  factory.getSourceLocation(element),
                  "sortBy() variable name must be a simple identifier")));
    }
    String accumulator = factory.getAccumulatorVarName();
    CelExpr keys =
        factory.fold(
            element.ident().name(),
            factory.newIdentifier(LIST),
            accumulator,
            factory.newList(),
            factory.newBoolLiteral(true),
            factory.newGlobalCall(
                "_+_", factory.newIdentifier(accumulator), factory.newList(arguments.get(1))),
            factory.newIdentifier(accumulator));
    return Optional.of(
        factory.fold(
            UNUSED,
            factory.newList(),
            LIST,
            target,
            factory.newBoolLiteral(false),
            factory.newIdentifier(LIST),
            factory.newGlobalCall(FUNCTION, factory.newIdentifier(LIST), keys)));
  }

  static CelFunctionDecl declaration() {
    ListType elements = ListType.create(TypeParamType.create("T"));
    return CelFunctionDecl.newFunctionDeclaration(
        FUNCTION,
        CelOverloadDecl.newGlobalOverload(
            OVERLOAD, elements, elements, ListType.create(TypeParamType.create("K"))));
  }

  static Overload overload() {
    return new Overload(
        OVERLOAD,
        List.of(List.class, List.class),
        (values, meter) -> Costs.of("list_sort").charge(new Object[] {values[1]}, meter),
        (values, meter) -> sorted((List<?>) values[0], (List<?>) values[1]));
  }

  private static List<Object> sorted(List<?> elements, List<?> keys) {
    List<Object> sorted = new ArrayList<>(elements.size());
    IntStream.range(0, elements.size())
        .boxed()
        .sorted(Comparator.comparing(keys::get, SortBy::compare))
        .forEach(i -> sorted.add(elements.get(i)));
    return sorted;
  }

  private static int compare(Object a, Object b) {
    if (a instanceof Number x && b instanceof Number y) {
      int order = Ordering.compare(x, y);
      if (order == Ordering.UNORDERED) {
        throw EvaluationFault.of("invalid_argument", "NaN has no order and cannot be sorted by.");
      }
      return order;
    }
    return switch (a) {
      case String x when b instanceof String y -> x.compareTo(y);
      case Boolean x when b instanceof Boolean y -> x.compareTo(y);
      case Instant x when b instanceof Instant y -> x.compareTo(y);
      case Duration x when b instanceof Duration y -> x.compareTo(y);
      case CelByteString x when b instanceof CelByteString y ->
          CelByteString.unsignedLexicographicalComparator().compare(x, y);
      default ->
          throw EvaluationFault.of(
              "invalid_argument", "Only keys of one type that has an order can be sorted by.");
    };
  }
}
