package dev.tenet.spi;

import dev.tenet.application.audit.AuditLog;
import dev.tenet.application.governance.QuotaLedger;
import dev.tenet.application.identity.ApiKeyStore;
import dev.tenet.application.plugin.ArtefactStore;
import dev.tenet.application.plugin.PluginCatalogue;
import dev.tenet.application.recording.DecisionLog;
import dev.tenet.application.store.Placement;
import dev.tenet.application.store.RevisionFeed;
import dev.tenet.application.store.TenantStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Adds a place to keep tenants in, chosen by its name with `--store`. Has a public constructor without parameters.
public interface StoreProvider {

  /// What a store is told when it opens.
  ///
  /// @param dataDirectory where it may keep files; not created yet
  /// @param settings all settings of the server by their environment names, such as `DATABASE_URL`
  record Settings(Path dataDirectory, Map<String, String> settings) {
    public Settings {
      settings = Map.copyOf(settings);
    }
  }

  /// An open store.
  interface OpenStore extends AutoCloseable {

    /// {@return one that keeps tenants, and of which nothing need be closed}
    static OpenStore of(TenantStore tenants) {
      return new OpenStore() {
        @Override
        public TenantStore tenants() {
          return tenants;
        }

        @Override
        public void close() {}
      };
    }

    /// {@return the store}
    TenantStore tenants();

    /// {@return what tells of changes made by other nodes; empty when no other node can use the store}
    default Optional<RevisionFeed> revisions() {
      return Optional.empty();
    }

    /// {@return where decisions are kept; empty when the store keeps none, so that they are kept in memory}
    default Optional<DecisionLog> decisions() {
      return Optional.empty();
    }

    /// {@return how a database is chosen for a new tenant; empty when there is one place for all tenants}
    default Optional<Placement> placement() {
      return Optional.empty();
    }

    /// {@return where API keys are kept; empty when the store keeps none, so that the server forgets them when it stops}
    default Optional<ApiKeyStore> apiKeys() {
      return Optional.empty();
    }

    /// {@return the pools of connections that are open now; asked again and again}
    default List<ConnectionPool> pools() {
      return List.of();
    }

    /// {@return where what tenants take of their quotas is kept for all nodes; empty when each node keeps it for itself}
    default Optional<QuotaLedger> quotas() {
      return Optional.empty();
    }

    /// {@return where changes and denials are recorded, the changes by the store itself; empty when nothing is recorded}
    default Optional<AuditLog> audit() {
      return Optional.empty();
    }

    /// {@return where published plugins and scripts are registered; empty when the server forgets them when it stops}
    default Optional<PluginCatalogue> plugins() {
      return Optional.empty();
    }

    /// {@return where the code of plugins and scripts is kept; empty when the server forgets it when it stops}
    default Optional<ArtefactStore> artefacts() {
      return Optional.empty();
    }

    /// Closes the store; nothing uses it any more.
    @Override
    void close();
  }

  /// {@return the name that `--store` takes, such as `inmemory`}
  String name();

  /// Opens the store.
  ///
  /// @throws IllegalArgumentException with a message for the operator, when the settings make no sense
  OpenStore open(Settings settings);
}
