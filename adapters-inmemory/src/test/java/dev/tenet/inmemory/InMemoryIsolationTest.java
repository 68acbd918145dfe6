package dev.tenet.inmemory;

import dev.tenet.application.store.TenantIsolationContract;
import dev.tenet.application.store.TenantStore;

final class InMemoryIsolationTest extends TenantIsolationContract {

  @Override
  protected TenantStore open() {
    return new InMemoryTenantStore();
  }
}
