package dev.tenet.application.tenant;

import dev.tenet.application.reading.Age;
import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.store.TenantFilter;
import dev.tenet.application.store.TenantStore;
import dev.tenet.domain.tenant.Tenant;

/// Lists tenants, newest first.
public final class ListTenants {

  private final TenantStore store;

  public ListTenants(TenantStore store) {
    this.store = store;
  }

  /// {@return a page of the tenants that the filter accepts}
  public Page<Tenant, Age> list(TenantFilter filter, PageRequest<Age> page) {
    return store.tenants(filter, page);
  }
}
