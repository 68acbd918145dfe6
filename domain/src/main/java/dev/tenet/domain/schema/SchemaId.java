package dev.tenet.domain.schema;

import static java.util.Objects.requireNonNull;

import dev.tenet.domain.uuid.Uuids;
import java.util.Optional;
import java.util.UUID;

/// Identifies one stored version of a schema.
public record SchemaId(UUID value) {
  public SchemaId {
    requireNonNull(value);
  }

  /// {@return the id that `text` spells, or empty when it is not a UUID in its canonical form of 36 characters}
  public static Optional<SchemaId> parse(String text) {
    return Uuids.parse(text).map(SchemaId::new);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
