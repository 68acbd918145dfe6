package dev.tenet.postgres;

import dev.tenet.application.identity.ApiKeyStore;
import dev.tenet.application.identity.ApiKeyStoreContract;
import org.junit.jupiter.api.extension.RegisterExtension;

/// With several databases, keys are in the one called `main`.
final class PlacedApiKeyStoreTest extends ApiKeyStoreContract {

  @RegisterExtension
  static final PlacedStoreExtension STORE = new PlacedStoreExtension("placed_keys");

  @Override
  protected ApiKeyStore open() {
    return STORE.emptiedKeys();
  }
}
