package dev.tenet.inmemory;

import dev.tenet.application.identity.ApiKeyStore;
import dev.tenet.application.identity.ApiKeyStoreContract;

final class InMemoryApiKeyStoreTest extends ApiKeyStoreContract {

  @Override
  protected ApiKeyStore open() {
    return new InMemoryApiKeyStore();
  }
}
