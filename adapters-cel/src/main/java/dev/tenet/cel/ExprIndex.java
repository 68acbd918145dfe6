package dev.tenet.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import java.util.LinkedHashMap;
import java.util.Map;

/// The sub-expressions of a syntax tree by their ids, each before its parts.
final class ExprIndex {

  private final Map<Long, CelExpr> byId = new LinkedHashMap<>();

  private ExprIndex() {}

  static Map<Long, CelExpr> of(CelAbstractSyntaxTree ast) {
    ExprIndex index = new ExprIndex();
    index.visit(ast.getExpr());
    return index.byId;
  }

  private void visit(CelExpr expr) {
    byId.put(expr.id(), expr);
    Children.of(expr).forEach(this::visit);
  }
}
