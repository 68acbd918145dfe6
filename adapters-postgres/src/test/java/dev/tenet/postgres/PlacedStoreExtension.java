package dev.tenet.postgres;

import static java.util.Objects.requireNonNull;

import dev.tenet.application.identity.ApiKeyStore;
import dev.tenet.application.store.TenantStore;
import dev.tenet.spi.StoreProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A store over several databases, open while the tests of a class run.
final class PlacedStoreExtension implements BeforeAllCallback, AfterAllCallback {

  private final TestDatabases databases;
  private StoreProvider.@Nullable OpenStore open;

  /// @param prefix of the names of the databases, for this class alone
  PlacedStoreExtension(String prefix) {
    databases = new TestDatabases(prefix);
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    open = databases.open();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    requireNonNull(open).close();
  }

  /// {@return the store, without tenants}
  TenantStore emptied() {
    databases.empty();
    return requireNonNull(open).tenants();
  }

  /// {@return where its API keys are kept, without any}
  ApiKeyStore emptiedKeys() {
    databases.empty();
    return requireNonNull(open).apiKeys().orElseThrow();
  }
}
