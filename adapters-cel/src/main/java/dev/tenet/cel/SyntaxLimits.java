package dev.tenet.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.tenant.Limits;
import java.util.ArrayList;
import java.util.List;

/// The limits on what an expression may look like.
final class SyntaxLimits {

  private final SourceText source;
  private final CelAbstractSyntaxTree ast;
  private final Limits limits;
  private final List<Diagnostic> faults = new ArrayList<>();
  private int nodes;
  private boolean tooDeep;
  private boolean tooNested;

  private SyntaxLimits(CelAbstractSyntaxTree ast, SourceText source, Limits limits) {
    this.ast = ast;
    this.source = source;
    this.limits = limits;
  }

  /// {@return what of the text is over a limit}
  static List<Diagnostic> ofText(SourceText source, Limits limits) {
    int length = source.text().length();
    if (length > limits.expressionLength()) {
      return List.of(
          Diagnostic.error(
              "expression_too_long",
              source.span(limits.expressionLength(), length),
              "The expression has %d characters; at most %d are allowed."
                  .formatted(length, limits.expressionLength())));
    }
    if (source.text().isBlank()) {
      return List.of(
          Diagnostic.error(
              "syntax_error",
              source.whole(),
              "The expression is empty; write for example \"true\"."));
    }
    return List.of();
  }

  /// {@return what of the syntax tree is over a limit}
  static List<Diagnostic> ofTree(CelAbstractSyntaxTree ast, SourceText source, Limits limits) {
    SyntaxLimits check = new SyntaxLimits(ast, source, limits);
    check.visit(ast.getExpr(), 1, 0);
    if (check.nodes > limits.expressionNodes()) {
      check.faults.add(tooLarge(source, limits));
    }
    return check.faults;
  }

  static Diagnostic tooDeep(SourceText source, Limits limits) {
    return tooDeep(source.whole(), limits);
  }

  private static Diagnostic tooDeep(Location.Span span, Limits limits) {
    return Diagnostic.error(
        "expression_too_deep",
        span,
        "The expression nests deeper than %d levels; compute parts of it in derived fields."
            .formatted(limits.expressionDepth()));
  }

  static Diagnostic tooLarge(SourceText source, Limits limits) {
    return Diagnostic.error(
        "expression_too_large",
        source.whole(),
        "The expression has more than %d parts; compute parts of it in derived fields."
            .formatted(limits.expressionNodes()));
  }

  private void visit(CelExpr expr, int depth, int nesting) {
    nodes++;
    if (depth > limits.expressionDepth()) {
      if (!tooDeep) {
        tooDeep = true;
        faults.add(tooDeep(source.place(ast, expr), limits));
      }
      return;
    }
    switch (expr.getKind()) {
      case COMPREHENSION -> visit(expr, expr.comprehension(), depth, nesting);
      case STRUCT ->
          faults.add(
              Diagnostic.error(
                  "syntax_error",
                  source.place(ast, expr),
                  "Objects cannot be made in an expression; use a map such as {\"key\": 1}."));
      default -> Children.of(expr).forEach(child -> visit(child, depth + 1, nesting));
    }
  }

  private void visit(CelExpr expr, CelExpr.CelComprehension fold, int depth, int nesting) {
    boolean loop = !bindsOnly(fold);
    int inside = loop ? nesting + 1 : nesting;
    if (inside > limits.comprehensionNesting() && !tooNested) {
      tooNested = true;
      faults.add(
          Diagnostic.error(
              "comprehension_too_deep",
              source.place(ast, expr),
              "Comprehensions such as all, exists, map and filter may nest at most %d deep."
                  .formatted(limits.comprehensionNesting())));
    }
    visit(fold.iterRange(), depth + 1, nesting);
    visit(fold.accuInit(), depth + 1, nesting);
    visit(fold.loopCondition(), depth + 1, inside);
    visit(fold.loopStep(), depth + 1, inside);
    visit(fold.result(), depth + 1, nesting);
  }

  /// {@return whether it never loops, as in `cel.bind`}
  static boolean bindsOnly(CelExpr.CelComprehension fold) {
    CelExpr range = fold.iterRange();
    return range.getKind() == CelExpr.ExprKind.Kind.LIST && range.list().elements().isEmpty();
  }
}
