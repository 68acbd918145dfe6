package dev.tenet.inmemory;

import dev.tenet.spi.StoreProvider;

/// Opens an [InMemoryTenantStore].
public final class InMemoryStoreProvider implements StoreProvider {

  @Override
  public String name() {
    return "inmemory";
  }

  @Override
  public OpenStore open(Settings settings) {
    return OpenStore.of(new InMemoryTenantStore());
  }
}
