package dev.tenet.postgres;

import dev.tenet.application.store.ConcurrentStoreContract;
import dev.tenet.application.store.TenantStore;
import org.junit.jupiter.api.extension.RegisterExtension;

/// A store over several databases promises what every store does.
final class PlacedConcurrencyTest extends ConcurrentStoreContract {

  @RegisterExtension
  static final PlacedStoreExtension STORE = new PlacedStoreExtension("placed_concurrency");

  @Override
  protected TenantStore open() {
    return STORE.emptied();
  }
}
