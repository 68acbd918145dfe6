package dev.tenet.inmemory;

import dev.tenet.application.identity.ApiKeyStore;
import dev.tenet.application.store.TenantStore;
import dev.tenet.spi.StoreProvider;
import java.util.Optional;

/// Opens an [InMemoryTenantStore].
public final class InMemoryStoreProvider implements StoreProvider {

  @Override
  public String name() {
    return "inmemory";
  }

  @Override
  public OpenStore open(Settings settings) {
    TenantStore tenants = new InMemoryTenantStore();
    ApiKeyStore apiKeys = new InMemoryApiKeyStore();
    return new OpenStore() {
      @Override
      public TenantStore tenants() {
        return tenants;
      }

      @Override
      public Optional<ApiKeyStore> apiKeys() {
        return Optional.of(apiKeys);
      }

      @Override
      public void close() {}
    };
  }
}
