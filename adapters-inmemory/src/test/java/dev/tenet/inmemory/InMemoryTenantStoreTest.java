package dev.tenet.inmemory;

import dev.tenet.application.tenant.TenantStore;
import dev.tenet.application.tenant.TenantStoreContract;

final class InMemoryTenantStoreTest extends TenantStoreContract {

  @Override
  protected TenantStore open() {
    return new InMemoryTenantStore();
  }
}
