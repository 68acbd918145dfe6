package dev.tenet.cel;

import dev.tenet.cel.plan.Condition;
import dev.tenet.domain.evaluation.RuleOutcome;
import dev.tenet.domain.evaluation.Secrets;
import dev.tenet.domain.rule.Rule;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// A rule, ready to run.
///
/// @param typed the same condition, for the executors that decide without saying why
/// @param outputs in the order given
/// @param secretive whether it reads sensitive fields, so that messages must not repeat values
/// @param unmatched its outcome when the condition is false
/// @param matched its outcome when the condition is true, outputs aside
record RuleProgram(
    Rule rule,
    CompiledExpression condition,
    Condition typed,
    Map<String, CompiledExpression> outputs,
    boolean secretive,
    RuleOutcome unmatched,
    RuleOutcome matched) {

  static RuleProgram of(
      Rule rule,
      CompiledExpression condition,
      Condition typed,
      Map<String, CompiledExpression> outputs,
      boolean secretive) {
    return new RuleProgram(
        rule, condition, typed, outputs, secretive, outcome(rule, false), outcome(rule, true));
  }

  private static RuleOutcome outcome(Rule rule, boolean matched) {
    return RuleOutcome.recurring(rule.id(), rule.name(), matched);
  }

  /// {@return whether an outcome needs nothing but what was decided}
  boolean isPlain(int decided, boolean trace) {
    return !trace
        && (decided == Condition.FALSE || (decided == Condition.TRUE && outputs.isEmpty()));
  }

  /// {@return the outcome when it needs nothing but what was decided}
  RuleOutcome plain(int decided) {
    return decided == Condition.TRUE ? matched : unmatched;
  }

  /// {@return the derived fields that the condition uses}
  Set<String> uses() {
    return condition.checked().references().derived();
  }

  /// {@return what of the rule is made from sensitive fields}
  Secrets.OfRule secrets(DerivedFields derived) {
    Set<String> fields = new HashSet<>(derived.secrets(condition.checked().references()));
    Set<String> names = new HashSet<>();
    outputs.forEach(
        (name, output) -> {
          Set<String> read = derived.secrets(output.checked().references());
          if (!read.isEmpty()) {
            names.add(name);
            fields.addAll(read);
          }
        });
    return new Secrets.OfRule(fields, names);
  }

  /// {@return whether the rule has one of the tags, or there are none}
  boolean hasOneOf(Set<String> tags) {
    return tags.isEmpty() || !Collections.disjoint(rule.tags(), tags);
  }

  /// {@return the same for another rule of the same logic}
  RuleProgram of(Rule other) {
    return of(other, condition, typed, outputs, secretive);
  }
}
