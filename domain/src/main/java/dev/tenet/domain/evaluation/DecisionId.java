package dev.tenet.domain.evaluation;

import static java.util.Objects.requireNonNull;

import dev.tenet.domain.uuid.Uuids;
import java.util.Optional;
import java.util.UUID;

/// Identifies one decision.
public record DecisionId(UUID value) {
  public DecisionId {
    requireNonNull(value);
  }

  /// {@return the id that `text` spells, or empty when it is not a UUID in its canonical form of 36 characters}
  public static Optional<DecisionId> parse(String text) {
    return Uuids.parse(text).map(DecisionId::new);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
