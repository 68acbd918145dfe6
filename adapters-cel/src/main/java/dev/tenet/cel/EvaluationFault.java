package dev.tenet.cel;

import dev.tenet.domain.evaluation.RuleFault;
import java.io.Serial;

/// An expression that could not be evaluated. Carries no stack trace: it is an outcome, not a bug.
final class EvaluationFault extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final String code;
  private final boolean exhausted;

  private EvaluationFault(String code, String message, boolean exhausted) {
    super(message, null, false, false);
    this.code = code;
    this.exhausted = exhausted;
  }

  /// {@return a fault that `&&`, `||` and the comprehensions may absorb, as CEL has it}
  static EvaluationFault of(String code, String message) {
    return new EvaluationFault(code, message, false);
  }

  /// {@return a fault of a spent budget, which nothing absorbs}
  static EvaluationFault exhausted(String code, String message) {
    return new EvaluationFault(code, message, true);
  }

  String code() {
    return code;
  }

  /// {@return whether a budget is spent, so that no operator may absorb this fault}
  boolean isExhausted() {
    return exhausted;
  }

  String text() {
    String message = getMessage();
    return message == null ? code : message;
  }

  RuleFault toRuleFault() {
    return new RuleFault(code, text());
  }
}
