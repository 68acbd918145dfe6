package dev.tenet.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.tenet.application.audit.AuditLog;
import dev.tenet.application.governance.QuotaLedger;
import dev.tenet.application.identity.ApiKeyStore;
import dev.tenet.application.plugin.ArtefactStore;
import dev.tenet.application.plugin.PluginCatalogue;
import dev.tenet.application.recording.DecisionLog;
import dev.tenet.application.store.RevisionFeed;
import dev.tenet.postgres.TenantTransaction.Door;
import dev.tenet.postgres.embedded.EmbeddedPostgres;
import dev.tenet.spi.ConnectionPool;
import dev.tenet.spi.StoreProvider;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One open database: its connections, and what is kept in it.
///
/// The embedded server has a login for each role: the owner of the tables, the application, the administration and the writer
/// of decisions. A
/// database of the operator's has one login, which migrates, and for everything else becomes one of the three other roles at
/// the beginning of each transaction.
final class Database implements StoreProvider.OpenStore {

  private static final int ADMINISTRATION_POOL_SIZE = 2;

  private final TenantTransaction transactions;
  private final PostgresTenantStore tenants;
  private final PostgresTenantStore unfrozenTenants;
  private final PostgresAuditLog audit;
  private final PostgresDecisionLog decisionLog;
  private final DatabaseAddress direct;
  private final DatabaseAddress owner;
  private final RevisionFeed revisions;
  private final List<WatchedPool> pools;
  private final List<Runnable> closing;

  private Database(
      TenantTransaction transactions,
      PostgresTenantStore tenants,
      RoleTransaction decisionWriter,
      DatabaseAddress direct,
      DatabaseAddress owner,
      RevisionFeed revisions,
      List<HikariDataSource> pools,
      List<Runnable> closing) {
    this.transactions = transactions;
    this.tenants = tenants;
    this.unfrozenTenants = tenants.withoutFrozen();
    this.audit = new PostgresAuditLog(transactions);
    this.decisionLog = new PostgresDecisionLog(transactions, decisionWriter);
    this.direct = direct;
    this.owner = owner;
    this.revisions = revisions;
    this.pools = pools.stream().map(WatchedPool::of).toList();
    this.closing = List.copyOf(closing);
  }

  /// Opens a database of the operator's, and migrates it if that is allowed and necessary.
  ///
  /// @throws IllegalArgumentException with a message for the operator when it is at a version that does not fit
  /// @throws dev.tenet.application.store.StoreUnavailable when it does not answer
  static Database open(DatabaseLocation location, DatabaseSettings settings) {
    new Migrations(location.direct()).run(settings.migrate());
    List<HikariDataSource> pools = new ArrayList<>();
    TenantTransaction primary =
        singleLogin("tenet", location.main(), settings.connections(), pools);
    Optional<TenantTransaction> replica =
        location
            .replica()
            .map(
                address ->
                    singleLogin(
                        "tenet-replica", address, settings.connections().forReplica(), pools));
    return new Database(
        primary,
        new PostgresTenantStore(primary, new TenantReads(primary, replica)),
        decisionWriter(location.main(), settings.connections(), pools),
        location.direct(),
        location.direct(),
        follower ->
            new PostgresRevisionFeed(
                location.direct(), Optional.of(EmbeddedPostgres.ADMINISTRATION), follower),
        pools,
        pools.stream().<Runnable>map(pool -> pool::close).toList());
  }

  /// The writer has a connection of its own, so that what is written does not wait for requests, nor they for it.
  private static RoleTransaction decisionWriter(
      DatabaseAddress address, ConnectionSettings settings, List<HikariDataSource> pools) {
    HikariDataSource pool =
        ConnectionPools.open("tenet-decisions", address, settings.withPoolSize(1));
    pools.add(pool);
    return new RoleTransaction(Door.of(pool, EmbeddedPostgres.DECISION_WRITER), settings);
  }

  private static TenantTransaction singleLogin(
      String name,
      DatabaseAddress address,
      ConnectionSettings settings,
      List<HikariDataSource> pools) {
    HikariDataSource pool = ConnectionPools.open(name, address, settings);
    pools.add(pool);
    return new TenantTransaction(
        Door.of(pool, EmbeddedPostgres.APPLICATION),
        Door.of(pool, EmbeddedPostgres.ADMINISTRATION),
        settings);
  }

  /// Starts the embedded server on a directory, and migrates its database if that is allowed and necessary.
  ///
  /// @throws IllegalArgumentException with a message for the operator when the directory cannot be used, or the database is
  ///     at a version that does not fit
  static Database embedded(Path directory, DatabaseSettings settings) {
    var server = EmbeddedPostgres.start(directory, settings.connections().poolSize());
    try {
      return on(server, settings);
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private static Database on(EmbeddedPostgres server, DatabaseSettings settings) {
    new Migrations(address(server, EmbeddedPostgres.OWNER)).run(settings.migrate());
    ConnectionSettings connections = settings.connections();
    var application =
        ConnectionPools.open("tenet", address(server, EmbeddedPostgres.APPLICATION), connections);
    var administration =
        ConnectionPools.open(
            "tenet-administration",
            address(server, EmbeddedPostgres.ADMINISTRATION),
            connections.withPoolSize(ADMINISTRATION_POOL_SIZE));
    var decisions =
        ConnectionPools.open(
            "tenet-decisions",
            address(server, EmbeddedPostgres.DECISION_WRITER),
            connections.withPoolSize(1));
    var transactions =
        new TenantTransaction(Door.of(application), Door.of(administration), connections);
    return new Database(
        transactions,
        new PostgresTenantStore(transactions),
        new RoleTransaction(Door.of(decisions), connections),
        address(server, EmbeddedPostgres.APPLICATION),
        address(server, EmbeddedPostgres.OWNER),
        follower ->
            new PostgresRevisionFeed(
                address(server, EmbeddedPostgres.ADMINISTRATION), Optional.empty(), follower),
        List.of(application, administration, decisions),
        List.of(application::close, administration::close, decisions::close, server::close));
  }

  private static DatabaseAddress address(EmbeddedPostgres server, String role) {
    return new DatabaseAddress(server.jdbcUrl(), server.login(role));
  }

  @Override
  public PostgresTenantStore tenants() {
    return tenants;
  }

  /// {@return the store, where a tenant that is being moved is not found}
  PostgresTenantStore unfrozenTenants() {
    return unfrozenTenants;
  }

  @Override
  public Optional<DecisionLog> decisions() {
    return Optional.of(decisionLog);
  }

  /// {@return the log of decisions that are kept in this database}
  PostgresDecisionLog decisionLog() {
    return decisionLog;
  }

  @Override
  public Optional<AuditLog> audit() {
    return Optional.of(audit);
  }

  /// {@return the audit of what is in this database}
  PostgresAuditLog auditHere() {
    return audit;
  }

  /// {@return the way to the tables}
  TenantTransaction transactions() {
    return transactions;
  }

  /// {@return where connections reach the primary itself, as anybody who may log in}
  DatabaseAddress direct() {
    return direct;
  }

  /// {@return where the one logs in who migrates, who owns the tables unless another login migrated them}
  DatabaseAddress owner() {
    return owner;
  }

  @Override
  public Optional<QuotaLedger> quotas() {
    return Optional.of(new PostgresQuotaLedger(transactions));
  }

  @Override
  public Optional<RevisionFeed> revisions() {
    return Optional.of(revisions);
  }

  @Override
  public Optional<ApiKeyStore> apiKeys() {
    return Optional.of(new PostgresApiKeyStore(transactions));
  }

  @Override
  public Optional<PluginCatalogue> plugins() {
    return Optional.of(new PostgresPluginCatalogue(transactions));
  }

  @Override
  public Optional<ArtefactStore> artefacts() {
    return Optional.of(new PostgresArtefactStore(transactions));
  }

  @Override
  public List<ConnectionPool> pools() {
    return List.copyOf(pools);
  }

  /// {@return the pools, as those of a further database}
  List<ConnectionPool> pools(String database) {
    return pools.stream().<ConnectionPool>map(pool -> pool.in(database)).toList();
  }

  @Override
  public void close() {
    closing.forEach(Runnable::run);
  }
}
