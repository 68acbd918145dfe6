package dev.tenet.domain.tenant;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/// A tenant.
///
/// @param name for people; several tenants may have the same
public record Tenant(TenantId id, String name, Instant createdAt, Instant updatedAt) {
  public Tenant {
    requireNonNull(id);
    requireNonNull(name);
    requireNonNull(createdAt);
    requireNonNull(updatedAt);
  }

  /// {@return this tenant under another name}
  public Tenant rename(String newName, Instant at) {
    return new Tenant(id, newName, createdAt, at);
  }
}
