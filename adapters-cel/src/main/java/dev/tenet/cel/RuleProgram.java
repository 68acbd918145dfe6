package dev.tenet.cel;

import dev.tenet.domain.rule.Rule;
import java.util.Map;

/// A rule, ready to run.
///
/// @param outputs in the order given
/// @param secretive whether it reads sensitive fields, so that messages must not repeat values
record RuleProgram(
    Rule rule,
    CompiledExpression condition,
    Map<String, CompiledExpression> outputs,
    boolean secretive) {

  /// {@return the same for another rule of the same logic}
  RuleProgram of(Rule other) {
    return new RuleProgram(other, condition, outputs, secretive);
  }
}
