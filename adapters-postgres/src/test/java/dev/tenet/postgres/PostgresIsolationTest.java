package dev.tenet.postgres;

import dev.tenet.application.tenant.TenantIsolationContract;
import dev.tenet.application.tenant.TenantStore;

final class PostgresIsolationTest extends TenantIsolationContract {

  @Override
  protected TenantStore open() {
    return TestDatabase.emptyStore();
  }
}
