package dev.tenet.application.audit;

import dev.tenet.domain.audit.AuditEvent;
import dev.tenet.domain.audit.Outcome;
import java.time.Instant;
import java.util.Optional;

/// Which records to list; what is empty excludes none.
///
/// @param actor exactly
/// @param action exactly
/// @param since the earliest moment
/// @param until the moment before which the event was
public record AuditFilter(
    Optional<String> actor,
    Optional<String> action,
    Optional<Outcome> outcome,
    Optional<Instant> since,
    Optional<Instant> until) {

  /// Excludes none.
  public static final AuditFilter ALL =
      new AuditFilter(
          Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  /// {@return whether the event is to be listed}
  public boolean accepts(AuditEvent event) {
    return actor.map(event.actor()::equals).orElse(true)
        && action.map(event.action()::equals).orElse(true)
        && outcome.map(event.outcome()::equals).orElse(true)
        && since.map(moment -> !event.at().isBefore(moment)).orElse(true)
        && until.map(event.at()::isBefore).orElse(true);
  }
}
