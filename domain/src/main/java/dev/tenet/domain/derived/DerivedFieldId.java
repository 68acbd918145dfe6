package dev.tenet.domain.derived;

import static java.util.Objects.requireNonNull;

import dev.tenet.domain.uuid.Uuids;
import java.util.Optional;
import java.util.UUID;

/// Identifies a derived field within its tenant.
public record DerivedFieldId(UUID value) {
  public DerivedFieldId {
    requireNonNull(value);
  }

  /// {@return the id that `text` spells, or empty when it is not a UUID in its canonical form of 36 characters}
  public static Optional<DerivedFieldId> parse(String text) {
    return Uuids.parse(text).map(DerivedFieldId::new);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
