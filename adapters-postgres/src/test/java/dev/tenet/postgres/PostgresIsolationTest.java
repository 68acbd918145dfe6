package dev.tenet.postgres;

import dev.tenet.application.store.TenantIsolationContract;
import dev.tenet.application.store.TenantStore;

final class PostgresIsolationTest extends TenantIsolationContract {

  @Override
  protected TenantStore open() {
    return TestDatabase.emptyStore();
  }
}
