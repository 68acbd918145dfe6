package dev.tenet.domain.tenant;

import static java.util.Objects.requireNonNull;

import dev.tenet.domain.uuid.Uuids;
import java.util.Optional;
import java.util.UUID;

/// Identifies a tenant, the unit of isolation.
public record TenantId(UUID value) {

  /// The platform itself: what belongs to no tenant belongs to it.
  public static final TenantId PLATFORM = new TenantId(new UUID(0, 0));

  public TenantId {
    requireNonNull(value);
  }

  /// {@return the id that `text` spells, or empty when it is not a UUID in its canonical form of 36 characters}
  public static Optional<TenantId> parse(String text) {
    return Uuids.parse(text).map(TenantId::new);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
