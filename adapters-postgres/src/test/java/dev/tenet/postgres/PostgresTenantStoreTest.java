package dev.tenet.postgres;

import dev.tenet.application.store.TenantStore;
import dev.tenet.application.store.TenantStoreContract;

final class PostgresTenantStoreTest extends TenantStoreContract {

  @Override
  protected TenantStore open() {
    return TestDatabase.emptyStore();
  }
}
