package dev.tenet.domain.rule;

import static java.util.Objects.requireNonNull;

import dev.tenet.domain.uuid.Uuids;
import java.util.Optional;
import java.util.UUID;

/// Identifies a rule within its tenant.
public record RuleId(UUID value) {
  public RuleId {
    requireNonNull(value);
  }

  /// {@return the id that `text` spells, or empty when it is not a UUID in its canonical form of 36 characters}
  public static Optional<RuleId> parse(String text) {
    return Uuids.parse(text).map(RuleId::new);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
