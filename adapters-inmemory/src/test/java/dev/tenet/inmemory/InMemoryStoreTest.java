package dev.tenet.inmemory;

import dev.tenet.spi.StoreProvider;
import dev.tenet.spi.StoreProvider.OpenStore;
import dev.tenet.testkit.StoreContract;
import java.nio.file.Path;
import java.util.Map;

final class InMemoryStoreTest extends StoreContract {

  @Override
  protected OpenStore open(Path folder) {
    return new InMemoryStoreProvider().open(new StoreProvider.Settings(folder, Map.of()));
  }
}
