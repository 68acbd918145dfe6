package dev.tenet.postgres;

import dev.tenet.application.store.TenantIsolationContract;
import dev.tenet.application.store.TenantStore;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A store over several databases promises what every store does.
final class PlacedIsolationTest extends TenantIsolationContract {

  @RegisterExtension
  static final PlacedStoreExtension STORE = new PlacedStoreExtension("placed_isolation");

  @Override
  protected TenantStore open() {
    return STORE.emptied();
  }
}
