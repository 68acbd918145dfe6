package dev.tenet.inmemory;

import dev.tenet.application.store.TenantStore;
import dev.tenet.spi.StoreProvider;

/// Opens an [InMemoryTenantStore].
public final class InMemoryStoreProvider implements StoreProvider {

  @Override
  public String name() {
    return "inmemory";
  }

  @Override
  public OpenStore open(Settings settings) {
    TenantStore tenants = new InMemoryTenantStore();
    return new OpenStore() {
      @Override
      public TenantStore tenants() {
        return tenants;
      }

      @Override
      public void close() {}
    };
  }
}
