package dev.tenet.inmemory;

import dev.tenet.application.store.TenantStore;
import dev.tenet.application.store.TenantStoreContract;

final class InMemoryTenantStoreTest extends TenantStoreContract {

  @Override
  protected TenantStore open() {
    return new InMemoryTenantStore();
  }
}
