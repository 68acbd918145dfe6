package dev.tenet.postgres;

import dev.tenet.application.store.ConcurrentStoreContract;
import dev.tenet.application.store.TenantStore;

final class PostgresConcurrencyTest extends ConcurrentStoreContract {

  @Override
  protected TenantStore open() {
    return TestDatabase.emptyStore();
  }
}
