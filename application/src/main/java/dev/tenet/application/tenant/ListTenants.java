package dev.tenet.application.tenant;

import dev.tenet.application.reading.Age;
import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.store.TenantStore;
import dev.tenet.domain.tenant.Tenant;
import java.util.Optional;

/// Lists tenants, newest first.
public final class ListTenants {

  private final TenantStore store;

  public ListTenants(TenantStore store) {
    this.store = store;
  }

  /// {@return a page of the tenants}
  ///
  /// @param name only tenants of exactly this name
  public Page<Tenant, Age> list(Optional<String> name, PageRequest<Age> page) {
    return store.tenants(name, page);
  }
}
