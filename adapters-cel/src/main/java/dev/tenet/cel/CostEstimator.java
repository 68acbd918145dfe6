package dev.tenet.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.tenet.application.evaluation.RuleCompiler.CostEstimate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Estimates the work of an expression from its shape, with lists of ordinary size.
final class CostEstimator {

  private static final long ELEMENTS = 20;
  private static final long CHARACTERS = 64;
  private static final long REGEX = 50;
  private static final Set<String> LIST_FUNCTIONS =
      Set.of("sort", "@sortByAssociatedKeys", "distinct", "flatten", "reverse", "slice", "join");
  private static final Set<String> TEXT_FUNCTIONS =
      Set.of("contains", "replace", "split", "indexOf", "lastIndexOf", "substring");

  private final CelAbstractSyntaxTree ast;
  private final ExpressionText texts;
  private long dearestCost;
  private @Nullable String dearest;

  private CostEstimator(CelAbstractSyntaxTree ast) {
    this.ast = ast;
    this.texts = new ExpressionText(ast);
  }

  static CostEstimate estimate(CelAbstractSyntaxTree ast) {
    CostEstimator estimator = new CostEstimator(ast);
    long typical = estimator.cost(ast.getExpr(), 1);
    String whole = estimator.texts.of(ast.getExpr());
    String dearest = estimator.dearest;
    return new CostEstimate(typical, dearest != null ? dearest : whole == null ? "" : whole);
  }

  /// @param times how often the expression runs
  private long cost(CelExpr expr, long times) {
    long parts =
        switch (expr.getKind()) {
          case SELECT -> cost(expr.select().operand(), times);
          case CALL -> {
            long sum = expr.call().target().map(target -> cost(target, times)).orElse(0L);
            for (CelExpr argument : expr.call().args()) {
              sum = plus(sum, cost(argument, times));
            }
            yield sum;
          }
          case LIST -> expr.list().elements().stream().mapToLong(e -> cost(e, times)).sum();
          case MAP ->
              expr.map().entries().stream()
                  .mapToLong(e -> plus(cost(e.key(), times), cost(e.value(), times)))
                  .sum();
          case COMPREHENSION -> loop(expr.comprehension(), times);
          default -> 0;
        };
    long own = own(expr);
    long total = plus(own, parts);
    consider(expr, own * times, total * times);
    return total;
  }

  private long loop(CelExpr.CelComprehension fold, long times) {
    long once =
        plus(
            plus(cost(fold.iterRange(), times), cost(fold.accuInit(), times)),
            cost(fold.result(), times));
    if (SyntaxLimits.bindsOnly(fold)) {
      return once;
    }
    long elements = elements(fold.iterRange());
    long inside = Math.min(Long.MAX_VALUE / ELEMENTS, times * elements);
    long each = plus(1, plus(cost(fold.loopCondition(), inside), cost(fold.loopStep(), inside)));
    return plus(once, Math.min(Long.MAX_VALUE / 4, each * elements));
  }

  private static long elements(CelExpr range) {
    return range.getKind() == CelExpr.ExprKind.Kind.LIST
        ? range.list().elements().size()
        : ELEMENTS;
  }

  private long own(CelExpr expr) {
    if (expr.getKind() == CelExpr.ExprKind.Kind.CONSTANT) {
      return 0;
    }
    if (expr.getKind() != CelExpr.ExprKind.Kind.CALL) {
      return 1;
    }
    String function = expr.call().function();
    if (function.equals("matches") || function.startsWith("regex.")) {
      return REGEX;
    }
    if (LIST_FUNCTIONS.contains(function) || function.startsWith("sets.")) {
      return ELEMENTS * 2;
    }
    if (TEXT_FUNCTIONS.contains(function)) {
      return CHARACTERS / Meter.TEXT_PER_UNIT * 2;
    }
    return switch (function) {
      case "@in" -> elements(expr.call().args().get(1));
      case "_+_" -> isText(expr) ? 2 * CHARACTERS / Meter.TEXT_PER_UNIT : 1;
      default -> 1;
    };
  }

  private boolean isText(CelExpr expr) {
    CelType type = ast.getTypeOrThrow(expr.id());
    return type.name().equals("string") || type.name().equals("bytes");
  }

  /// The dearest part is the smallest that does most of the work: a loop or a call, not what contains it.
  private void consider(CelExpr expr, long own, long total) {
    boolean loop = expr.getKind() == CelExpr.ExprKind.Kind.COMPREHENSION;
    if (!loop && expr.getKind() != CelExpr.ExprKind.Kind.CALL) {
      return;
    }
    long weight = loop ? total : own;
    if (weight > dearestCost) {
      String text = texts.of(expr);
      if (text != null) {
        dearestCost = weight;
        dearest = text;
      }
    }
  }

  private static long plus(long a, long b) {
    return Math.min(Long.MAX_VALUE / 4, a + b);
  }
}
