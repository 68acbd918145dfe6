package dev.tenet.postgres;

import dev.tenet.application.tenant.TenantStore;
import dev.tenet.application.tenant.TenantStoreContract;

final class PostgresTenantStoreTest extends TenantStoreContract {

  @Override
  protected TenantStore open() {
    return TestDatabase.emptyStore();
  }
}
