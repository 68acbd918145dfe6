package dev.tenet.postgres;

import dev.tenet.application.identity.ApiKeyStore;
import dev.tenet.application.store.TenantStore;
import dev.tenet.spi.StoreProvider;

/// The API keys, for an operator who works on the databases directly.
public final class KeyOperation implements AutoCloseable {

  private final Databases databases;
  private final PlacedTenantStore tenants;

  private KeyOperation(Databases databases) {
    this.databases = databases;
    tenants = new PlacedTenantStore(databases, databases.names());
  }

  /// Opens the databases that the settings name. Migrates none.
  ///
  /// @throws dev.tenet.application.store.StoreUnavailable when one does not answer
  /// @throws IllegalArgumentException when they cannot be worked with; both have a message for the operator
  public static KeyOperation open(StoreProvider.Settings settings) {
    return new KeyOperation(TenantOperation.databases(settings));
  }

  /// {@return where keys are kept}
  public ApiKeyStore keys() {
    return databases.main().apiKeys().orElseThrow();
  }

  /// {@return whose keys there may be}
  public TenantStore tenants() {
    return tenants;
  }

  @Override
  public void close() {
    databases.close();
  }
}
