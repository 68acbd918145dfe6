package dev.tenet.postgres;

import static java.util.Objects.requireNonNull;

import dev.tenet.application.store.TenantStore;
import dev.tenet.application.store.TenantStoreContract;
import dev.tenet.spi.StoreProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// A store over several databases promises what every store does.
final class PlacedTenantStoreTest extends TenantStoreContract {

  private static final TestDatabases DATABASES = new TestDatabases("placed_tenantstore");
  private static StoreProvider.@Nullable OpenStore open;

  @BeforeAll
  static void openAll() {
    open = DATABASES.open();
  }

  @AfterAll
  static void closeAll() {
    requireNonNull(open).close();
  }

  @Override
  protected TenantStore open() {
    DATABASES.empty();
    return requireNonNull(open).tenants();
  }
}
