package dev.tenet.domain.decision;

import static java.util.Objects.requireNonNull;

import dev.tenet.domain.evaluation.DecisionId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// A decision in short.
///
/// @param at the value that `now` had, to the microsecond
/// @param revision the revision of the definitions that decided
/// @param schemaVersion the schema version at that revision
/// @param evaluated how many outcomes there are
/// @param matched how many rules matched
/// @param failed how many rules could not be evaluated
/// @param elapsed how long the evaluation took
public record DecisionSummary(
    DecisionId id,
    Instant at,
    long revision,
    int schemaVersion,
    int evaluated,
    int matched,
    int failed,
    Duration elapsed,
    Requester requester)
    implements FoundEntry {
  public DecisionSummary {
    requireNonNull(id);
    requireNonNull(at);
    requireNonNull(elapsed);
    requireNonNull(requester);
  }

  @Override
  public UUID key() {
    return id.value();
  }
}
