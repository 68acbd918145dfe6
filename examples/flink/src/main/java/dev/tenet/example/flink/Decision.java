package dev.tenet.example.flink;

import dev.tenet.domain.evaluation.RuleFault;
import dev.tenet.domain.evaluation.RuleOutcome;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a tenant's rules say about an event.
///
/// @param outcomes in the order of the rules
public record Decision(String tenant, String event, Instant at, List<Outcome> outcomes) {

  /// What one rule says.
  ///
  /// @param fault why the rule could not be evaluated
  /// @param outputs as JSON
  public record Outcome(String rule, boolean matched, @Nullable String fault, String outputs) {
    static Outcome of(RuleOutcome outcome) {
      return new Outcome(
          outcome.ruleName(),
          outcome.matched(),
          Optional.ofNullable(outcome.fault()).map(RuleFault::message).orElse(null),
          Json.text(outcome.outputs()));
    }
  }

  static Decision of(Event event, List<RuleOutcome> outcomes) {
    return new Decision(
        event.tenant(), event.id(), event.at(), outcomes.stream().map(Outcome::of).toList());
  }
}
