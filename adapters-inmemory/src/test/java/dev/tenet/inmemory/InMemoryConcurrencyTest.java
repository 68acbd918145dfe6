package dev.tenet.inmemory;

import dev.tenet.application.tenant.ConcurrentStoreContract;
import dev.tenet.application.tenant.TenantStore;

final class InMemoryConcurrencyTest extends ConcurrentStoreContract {

  @Override
  protected TenantStore open() {
    return new InMemoryTenantStore();
  }
}
