package dev.tenet.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.tenet.domain.evaluation.Trace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Explains how a condition came to its outcome.
final class Explanation {

  private static final long LARGEST_VALUE = 1_000;

  private final CelAbstractSyntaxTree ast;
  private final DerivedFields derived;
  private final Recorder recorder;
  private final Map<Long, CelExpr> shown = new LinkedHashMap<>();
  private final ExpressionText texts;
  private long left;
  private final long most;

  private Explanation(
      CelAbstractSyntaxTree ast, DerivedFields derived, Recorder recorder, long most) {
    this.ast = ast;
    this.derived = derived;
    this.recorder = recorder;
    this.texts = new ExpressionText(ast);
    this.left = most;
    this.most = most;
  }

  /// @param most how many values and eighths of characters the explanation may have
  static Explanation of(RuleProgram program, DerivedFields derived, Recorder recorder, long most) {
    CelAbstractSyntaxTree ast = program.condition().checked().ast();
    if (ast == null) {
      throw new IllegalStateException("a faulty rule has no explanation");
    }
    return new Explanation(ast, derived, recorder, most);
  }

  long size() {
    return most - left;
  }

  @SuppressWarnings(
      "NullAway") // a compact constructor's class file does not say that values may be null
  Trace trace() {
    collect(ast.getExpr(), shown);
    shown.put(ast.getExpr().id(), ast.getExpr());
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    recorder
        .results()
        .forEach(
            (id, result) -> {
              CelExpr expr = shown.get(id);
              String text = expr == null ? null : texts.of(expr);
              if (expr != null && text != null && !(result instanceof Struct)) {
                values.put(text, shown(expr, result));
              }
            });
    Set<String> skipped = new LinkedHashSet<>();
    collectSkipped(ast.getExpr(), skipped);
    skipped.removeAll(values.keySet());
    return new Trace(values, List.copyOf(skipped), decidedBy(ast.getExpr()));
  }

  /// Collects what a trace shows: everything but constants and the inside of macros.
  private void collect(CelExpr expr, Map<Long, CelExpr> into) {
    if (ExpressionText.isConstant(expr)) {
      return;
    }
    into.put(expr.id(), expr);
    parts(expr).forEach(part -> collect(part, into));
  }

  /// {@return the sub-expressions that a trace may show}
  private static List<CelExpr> parts(CelExpr expr) {
    List<CelExpr> parts = new ArrayList<>();
    switch (expr.getKind()) {
      case SELECT -> addUnlessPath(expr.select().operand(), parts);
      case CALL -> {
        if (expr.call().function().equals("_?._")) {
          addUnlessPath(expr.call().args().get(0), parts);
        } else {
          parts.addAll(Children.of(expr));
        }
      }
      case COMPREHENSION -> {
        parts.add(expr.comprehension().iterRange());
        parts.add(expr.comprehension().accuInit());
      }
      default -> parts.addAll(Children.of(expr));
    }
    parts.removeIf(ExpressionText::isConstant);
    return parts;
  }

  private static void addUnlessPath(CelExpr operand, List<CelExpr> parts) {
    CelExpr root = operand;
    while (root.getKind() == CelExpr.ExprKind.Kind.SELECT) {
      root = root.select().operand();
    }
    if (root.getKind() != CelExpr.ExprKind.Kind.IDENT) {
      parts.add(operand);
    }
  }

  private @Nullable Object shown(CelExpr expr, Object result) {
    boolean secret = derived.isSensitive(References.of(expr, derived.scope()));
    if (result instanceof EvaluationFault fault) {
      return new Trace.Failure(secret ? "It failed: " + fault.code() + '.' : fault.text());
    }
    if (secret && !(result instanceof Boolean)) {
      return PlainValues.MASK;
    }
    try {
      PlainValues.Sized plain = PlainValues.masked(result, Math.min(left, LARGEST_VALUE));
      left -= plain.size();
      return plain.value();
    } catch (EvaluationFault notPlain) {
      return new Trace.Failure(notPlain.text());
    }
  }

  private void collectSkipped(CelExpr expr, Set<String> skipped) {
    if (recorder.result(expr.id()) == null) {
      String text = texts.of(expr);
      if (text != null) {
        skipped.add(text);
      }
      return;
    }
    parts(expr).forEach(part -> collectSkipped(part, skipped));
  }

  /// {@return the text of the condition that made the expression what it is}
  private @Nullable String decidedBy(CelExpr expr) {
    Object result = recorder.result(expr.id());
    CelExpr decisive = result instanceof EvaluationFault ? failing(expr) : decisive(expr, result);
    if (decisive != null) {
      return decidedBy(decisive);
    }
    return texts.of(expr);
  }

  private @Nullable CelExpr failing(CelExpr expr) {
    return parts(expr).stream()
        .filter(part -> recorder.result(part.id()) instanceof EvaluationFault)
        .filter(part -> texts.of(part) != null)
        .findFirst()
        .orElse(null);
  }

  private @Nullable CelExpr decisive(CelExpr expr, @Nullable Object result) {
    if (expr.getKind() != CelExpr.ExprKind.Kind.CALL) {
      return null;
    }
    List<CelExpr> arguments = expr.call().args();
    return switch (expr.call().function()) {
      case "_&&_" -> Boolean.FALSE.equals(result) ? first(arguments, false) : null;
      case "_||_" -> Boolean.TRUE.equals(result) ? first(arguments, true) : null;
      case "!_" -> arguments.get(0);
      case "_?_:_" ->
          Boolean.TRUE.equals(recorder.result(arguments.get(0).id()))
              ? arguments.get(1)
              : arguments.get(2);
      default -> null;
    };
  }

  private @Nullable CelExpr first(List<CelExpr> operands, boolean value) {
    for (CelExpr operand : operands) {
      if (Boolean.valueOf(value).equals(recorder.result(operand.id()))) {
        return operand;
      }
    }
    return null;
  }
}
