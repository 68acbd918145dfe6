package dev.tenet.domain.evaluation;

import static java.util.Objects.requireNonNull;

import dev.tenet.domain.rule.RuleId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What a tenant's rules say about one set of facts.
///
/// @param revision the revision of the definitions that decided
/// @param schemaVersion the schema version at that revision
/// @param outcomes in the order in which the rules were created, or that in which they were asked for
/// @param notFound the rules asked for that do not exist or are inactive
/// @param elapsed how long the evaluation took, reading the facts included
/// @param definitionsAge how long ago these were last known to be the tenant's present definitions, when that is longer
///     than it should be
public record Decision(
    DecisionId id,
    long revision,
    int schemaVersion,
    List<RuleOutcome> outcomes,
    List<RuleId> notFound,
    Duration elapsed,
    Optional<Duration> definitionsAge) {
  public Decision {
    requireNonNull(id);
    outcomes = List.copyOf(outcomes);
    notFound = List.copyOf(notFound);
    requireNonNull(elapsed);
    requireNonNull(definitionsAge);
  }
}
