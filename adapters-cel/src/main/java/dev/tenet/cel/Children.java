package dev.tenet.cel;

import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.List;

/// Goes down a syntax tree.
final class Children {

  private Children() {}

  /// {@return the sub-expressions directly below an expression, in the order of evaluation}
  static List<CelExpr> of(CelExpr expr) {
    return switch (expr.getKind()) {
      case SELECT -> List.of(expr.select().operand());
      case CALL -> {
        List<CelExpr> operands = new ArrayList<>();
        expr.call().target().ifPresent(operands::add);
        operands.addAll(expr.call().args());
        yield operands;
      }
      case LIST -> expr.list().elements();
      case MAP ->
          expr.map().entries().stream()
              .flatMap(entry -> List.of(entry.key(), entry.value()).stream())
              .toList();
      case COMPREHENSION -> {
        CelExpr.CelComprehension fold = expr.comprehension();
        yield List.of(
            fold.iterRange(),
            fold.accuInit(),
            fold.loopCondition(),
            fold.loopStep(),
            fold.result());
      }
      default -> List.of();
    };
  }
}
