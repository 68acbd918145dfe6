package dev.tenet.domain.tenant;

import static java.util.Objects.requireNonNull;

import dev.tenet.domain.governance.TenantSettings;
import java.time.Instant;

/// A tenant.
///
/// @param name for people; several tenants may have the same
public record Tenant(
    TenantId id, String name, TenantSettings settings, Instant createdAt, Instant updatedAt) {
  public Tenant {
    requireNonNull(id);
    requireNonNull(name);
    requireNonNull(settings);
    requireNonNull(createdAt);
    requireNonNull(updatedAt);
  }

  /// A tenant for whose settings nothing is said.
  public Tenant(TenantId id, String name, Instant createdAt, Instant updatedAt) {
    this(id, name, TenantSettings.DEFAULT, createdAt, updatedAt);
  }

  /// {@return this tenant under another name}
  public Tenant rename(String newName, Instant at) {
    return new Tenant(id, newName, settings, createdAt, at);
  }

  /// {@return this tenant under other settings}
  public Tenant govern(TenantSettings newSettings, Instant at) {
    return new Tenant(id, name, newSettings, createdAt, at);
  }
}
