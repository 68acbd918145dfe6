package dev.tenet.postgres;

import dev.tenet.application.tenant.ConcurrentStoreContract;
import dev.tenet.application.tenant.TenantStore;

final class PostgresConcurrencyTest extends ConcurrentStoreContract {

  @Override
  protected TenantStore open() {
    return TestDatabase.emptyStore();
  }
}
