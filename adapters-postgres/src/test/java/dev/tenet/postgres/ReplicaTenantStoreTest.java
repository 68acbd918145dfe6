package dev.tenet.postgres;

import dev.tenet.application.store.TenantStore;
import dev.tenet.application.store.TenantStoreContract;
import java.util.Optional;

/// The store's contract with reads on a replica, which is as far behind as it happens to be.
final class ReplicaTenantStoreTest extends TenantStoreContract {

  @Override
  protected TenantStore open() {
    TestReplica.empty();
    return new PostgresTenantStore(
        TestReplica.onPrimary(),
        new TenantReads(TestReplica.onPrimary(), Optional.of(TestReplica.onReplica())));
  }
}
