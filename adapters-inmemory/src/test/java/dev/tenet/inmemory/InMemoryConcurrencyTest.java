package dev.tenet.inmemory;

import dev.tenet.application.store.ConcurrentStoreContract;
import dev.tenet.application.store.TenantStore;

final class InMemoryConcurrencyTest extends ConcurrentStoreContract {

  @Override
  protected TenantStore open() {
    return new InMemoryTenantStore();
  }
}
