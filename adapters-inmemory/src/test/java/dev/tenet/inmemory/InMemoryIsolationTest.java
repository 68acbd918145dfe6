package dev.tenet.inmemory;

import dev.tenet.application.tenant.TenantIsolationContract;
import dev.tenet.application.tenant.TenantStore;

final class InMemoryIsolationTest extends TenantIsolationContract {

  @Override
  protected TenantStore open() {
    return new InMemoryTenantStore();
  }
}
