package dev.tenet.domain.identity;

import static java.util.Objects.requireNonNull;

import dev.tenet.domain.uuid.Uuids;
import java.util.Optional;
import java.util.UUID;

/// Identifies an API key. It is no secret.
public record ApiKeyId(UUID value) {
  public ApiKeyId {
    requireNonNull(value);
  }

  /// {@return the id that `text` spells, or empty when it is not a UUID in its canonical form of 36 characters}
  public static Optional<ApiKeyId> parse(String text) {
    return Uuids.parse(text).map(ApiKeyId::new);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
