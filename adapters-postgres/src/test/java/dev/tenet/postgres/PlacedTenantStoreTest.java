package dev.tenet.postgres;

import dev.tenet.application.store.TenantStore;
import dev.tenet.application.store.TenantStoreContract;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A store over several databases promises what every store does.
final class PlacedTenantStoreTest extends TenantStoreContract {

  @RegisterExtension
  static final PlacedStoreExtension STORE = new PlacedStoreExtension("placed_tenantstore");

  @Override
  protected TenantStore open() {
    return STORE.emptied();
  }
}
