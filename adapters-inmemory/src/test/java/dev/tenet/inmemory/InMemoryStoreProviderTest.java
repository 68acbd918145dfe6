package dev.tenet.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.spi.StoreProvider;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

final class InMemoryStoreProviderTest {

  @Test
  void isFoundByItsNameAndOpensAnEmptyStore() {
    StoreProvider provider =
        ServiceLoader.load(StoreProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(p -> p.name().equals("inmemory"))
            .findFirst()
            .orElseThrow();

    try (var open = provider.open(new StoreProvider.Settings(Path.of("unused"), Map.of()))) {
      assertThat(open.tenants().available()).isTrue();
      assertThat(open.tenants()).isSameAs(open.tenants());
    }
  }
}
