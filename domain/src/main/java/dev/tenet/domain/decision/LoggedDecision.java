package dev.tenet.domain.decision;

import static java.util.Objects.requireNonNull;

import dev.tenet.domain.evaluation.Decision;
import dev.tenet.domain.evaluation.JsonValues;
import dev.tenet.domain.evaluation.MaskedFacts;
import dev.tenet.domain.evaluation.RuleOutcome;
import dev.tenet.domain.evaluation.Selection;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// A decision as it is kept: all that was decided of what, and nothing of sensitive fields.
///
/// @param facts what was decided of
/// @param selection which rules were asked for; never with traces
/// @param outcomes as in a [Decision], without traces, with outputs as JSON has them, those made from sensitive fields masked
/// @param notFound the rules asked for that did not exist or were inactive
public record LoggedDecision(
    TenantId tenant,
    DecisionSummary summary,
    MaskedFacts facts,
    Selection selection,
    List<RuleOutcome> outcomes,
    List<RuleId> notFound)
    implements LogEntry {

  private static final long BYTES = 600;
  private static final long BYTES_OF_REFERENCE = 8;
  private static final long BYTES_OF_OUTCOME = 120;
  private static final long BYTES_OF_ID = 40;

  public LoggedDecision {
    requireNonNull(tenant);
    requireNonNull(summary);
    requireNonNull(facts);
    requireNonNull(selection);
    outcomes = List.copyOf(outcomes);
    notFound = List.copyOf(notFound);
  }

  /// {@return a decision as it is kept}
  ///
  /// @param at the value that `now` had, to the microsecond
  /// @param outcomes of the decision, as they are kept
  public static LoggedDecision of(
      TenantId tenant,
      Instant at,
      MaskedFacts facts,
      Selection selection,
      Decision decision,
      List<RuleOutcome> outcomes,
      Requester requester) {
    int matched = 0;
    int failed = 0;
    for (RuleOutcome outcome : outcomes) {
      matched += outcome.matched() ? 1 : 0;
      failed += outcome.fault() == null ? 0 : 1;
    }
    return new LoggedDecision(
        tenant,
        new DecisionSummary(
            decision.id(),
            at,
            decision.revision(),
            decision.schemaVersion(),
            outcomes.size(),
            matched,
            failed,
            decision.elapsed(),
            requester),
        facts,
        selection.withoutTrace(),
        outcomes,
        decision.notFound());
  }

  @Override
  public Instant at() {
    return summary.at();
  }

  @Override
  public UUID key() {
    return summary.id().value();
  }

  /// Outcomes that recur are shared by many decisions.
  @Override
  public long weight() {
    long weight =
        BYTES
            + JsonValues.weight(facts.values())
            + BYTES_OF_ID * (notFound.size() + selection.rules().size() + selection.tags().size());
    for (RuleOutcome outcome : outcomes) {
      weight +=
          outcome.isRecurring()
              ? BYTES_OF_REFERENCE
              : BYTES_OF_OUTCOME + JsonValues.weight(outcome.outputs());
    }
    return weight;
  }
}
