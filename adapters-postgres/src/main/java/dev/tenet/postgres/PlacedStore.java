package dev.tenet.postgres;

import dev.tenet.application.audit.AuditLog;
import dev.tenet.application.governance.QuotaLedger;
import dev.tenet.application.identity.ApiKeyStore;
import dev.tenet.application.plugin.ArtefactStore;
import dev.tenet.application.plugin.PluginCatalogue;
import dev.tenet.application.recording.DecisionLog;
import dev.tenet.application.store.Placement;
import dev.tenet.application.store.RevisionFeed;
import dev.tenet.application.store.TenantStore;
import dev.tenet.spi.ConnectionPool;
import dev.tenet.spi.StoreProvider;
import java.util.List;
import java.util.Optional;

/// The open store over several databases.
final class PlacedStore implements StoreProvider.OpenStore {

  private final Databases databases;
  private final PlacedTenantStore tenants;
  private final PlacedAuditLog audit;
  private final PlacedDecisionLog decisions;

  /// @param open the names of the databases that take tenants for which nobody chose one
  PlacedStore(Databases databases, List<String> open) {
    this.databases = databases;
    tenants = new PlacedTenantStore(databases, open);
    audit = new PlacedAuditLog(databases);
    decisions = new PlacedDecisionLog(databases, tenants::placeOf);
  }

  @Override
  public TenantStore tenants() {
    return tenants;
  }

  @Override
  public Optional<DecisionLog> decisions() {
    return Optional.of(decisions);
  }

  @Override
  public Optional<AuditLog> audit() {
    return Optional.of(audit);
  }

  @Override
  public Optional<Placement> placement() {
    return Optional.of(tenants);
  }

  @Override
  public Optional<QuotaLedger> quotas() {
    return databases.main().quotas();
  }

  @Override
  public Optional<RevisionFeed> revisions() {
    return Optional.of(new PlacedRevisionFeed(databases));
  }

  @Override
  public Optional<ApiKeyStore> apiKeys() {
    return databases.main().apiKeys();
  }

  @Override
  public Optional<PluginCatalogue> plugins() {
    return databases.main().plugins();
  }

  @Override
  public Optional<ArtefactStore> artefacts() {
    return databases.main().artefacts();
  }

  @Override
  public List<ConnectionPool> pools() {
    return databases.pools();
  }

  @Override
  public void close() {
    databases.close();
  }
}
