package dev.tenet.domain.uuid;

import java.util.Optional;
import java.util.UUID;

/// Reads UUIDs strictly.
public final class Uuids {

  private static final int CANONICAL_LENGTH = 36;

  private Uuids() {}

  /// {@return the UUID, or empty unless `text` is in the canonical form 8-4-4-4-12; `UUID.fromString` alone accepts
  /// shorter groups}
  public static Optional<UUID> parse(String text) {
    if (text.length() != CANONICAL_LENGTH) {
      return Optional.empty();
    }
    try {
      UUID value = UUID.fromString(text);
      return value.toString().equalsIgnoreCase(text) ? Optional.of(value) : Optional.empty();
    } catch (IllegalArgumentException notAUuid) {
      return Optional.empty();
    }
  }
}
