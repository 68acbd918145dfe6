package dev.tenet.application.store;

import dev.tenet.domain.tenant.Tenant;
import java.util.Optional;

/// Which tenants a list has.
///
/// @param name only tenants of exactly this name
/// @param suspended only tenants that are suspended, or that are not
public record TenantFilter(Optional<String> name, Optional<Boolean> suspended) {

  /// All of them.
  public static final TenantFilter ALL = new TenantFilter(Optional.empty(), Optional.empty());

  /// {@return that all tenants of this name are meant}
  public static TenantFilter named(String name) {
    return new TenantFilter(Optional.of(name), Optional.empty());
  }

  /// {@return whether the tenant is meant}
  public boolean accepts(Tenant tenant) {
    return name.map(tenant.name()::equals).orElse(true)
        && suspended.map(wanted -> wanted == tenant.settings().suspended()).orElse(true);
  }
}
