package dev.tenet.postgres;

import dev.tenet.application.audit.AuditLog;
import dev.tenet.application.identity.ApiKeyStore;
import dev.tenet.application.store.TenantStore;
import dev.tenet.spi.StoreProvider;

/// The API keys, for an operator who works on the databases directly.
public final class KeyOperation implements StoreOperation {

  private final PlacedStore store;

  private KeyOperation(Databases databases) {
    store = new PlacedStore(databases, databases.names());
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
    return store.apiKeys().orElseThrow();
  }

  /// {@return whose keys there may be}
  public TenantStore tenants() {
    return store.tenants();
  }

  /// {@return where what becomes of keys is recorded}
  public AuditLog audit() {
    return store.audit().orElseThrow();
  }

  @Override
  public void close() {
    store.close();
  }
}
