package dev.tenet.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.tenet.application.store.RevisionFeed;
import dev.tenet.application.store.TenantStore;
import dev.tenet.postgres.embedded.EmbeddedPostgres;
import dev.tenet.spi.StoreProvider;
import java.util.Map;
import java.util.Optional;

/// Opens the store on the PostgreSQL that `DATABASE_URL` names, or else on one that it runs itself in the data directory.
///
/// | setting | meaning |
/// |---|---|
/// | `DATABASE_URL` | `postgresql://user:password@host:5432/database?sslmode=require` |
/// | `DATABASE_POOL_SIZE` | the most connections, 20 when not said |
/// | `TENET_MIGRATE` | `on` (the default), or `off`: refuse to work with a database at another version |
///
/// The embedded server has a login for each role: the owner of the tables, the application and the administration. With
/// `DATABASE_URL` there is one login, which migrates, and for everything else becomes one of the two other roles at the
/// beginning of each transaction.
public final class PostgresStoreProvider implements StoreProvider {

  private static final String ADMINISTRATION = "tenet_administration";
  private static final int DEFAULT_POOL_SIZE = 20;
  private static final int MOST_CONNECTIONS = 1_000;

  @Override
  public String name() {
    return "postgres";
  }

  @Override
  public OpenStore open(Settings settings) {
    int poolSize = poolSize(settings.settings());
    boolean migrate = migrate(settings.settings());
    String url = settings.settings().getOrDefault("DATABASE_URL", "");
    return url.isBlank()
        ? embedded(settings, poolSize, migrate)
        : foreign(DatabaseAddress.parse(url), poolSize, migrate);
  }

  private static int poolSize(Map<String, String> settings) {
    String text = settings.getOrDefault("DATABASE_POOL_SIZE", "");
    if (text.isBlank()) {
      return DEFAULT_POOL_SIZE;
    }
    try {
      int size = Integer.parseInt(text.strip());
      if (size >= 1 && size <= MOST_CONNECTIONS) {
        return size;
      }
    } catch (NumberFormatException notANumber) {
      // the same message as for a number out of range
    }
    throw new IllegalArgumentException(
        "DATABASE_POOL_SIZE must be a number from 1 to %d, not \"%s\"."
            .formatted(MOST_CONNECTIONS, text));
  }

  private static boolean migrate(Map<String, String> settings) {
    return switch (settings.getOrDefault("TENET_MIGRATE", "").strip()) {
      case "", "on", "true" -> true;
      case "off", "false" -> false;
      default -> throw new IllegalArgumentException("TENET_MIGRATE must be \"on\" or \"off\".");
    };
  }

  static OpenStore foreign(DatabaseAddress address, int poolSize, boolean migrate) {
    Migration.run(address, migrate);
    HikariDataSource pool = ConnectionPools.open("tenet", address, poolSize);
    return new Open(
        new PostgresTenantStore(
            new TenantTransaction(
                TenantTransaction.Door.of(pool, "tenet_application"),
                TenantTransaction.Door.of(pool, ADMINISTRATION))),
        follower -> new PostgresRevisionFeed(address, Optional.of(ADMINISTRATION), follower),
        pool::close);
  }

  private static OpenStore embedded(Settings settings, int poolSize, boolean migrate) {
    var server = EmbeddedPostgres.start(settings.dataDirectory(), poolSize);
    try {
      return embedded(server, poolSize, migrate);
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private static OpenStore embedded(EmbeddedPostgres server, int poolSize, boolean migrate) {
    Migration.run(address(server, EmbeddedPostgres.OWNER), migrate);
    var application =
        ConnectionPools.open("tenet", address(server, EmbeddedPostgres.APPLICATION), poolSize);
    var administration =
        ConnectionPools.open(
            "tenet-administration", address(server, EmbeddedPostgres.ADMINISTRATION), 2);
    return new Open(
        new PostgresTenantStore(
            new TenantTransaction(
                TenantTransaction.Door.of(application), TenantTransaction.Door.of(administration))),
        follower ->
            new PostgresRevisionFeed(
                address(server, EmbeddedPostgres.ADMINISTRATION), Optional.empty(), follower),
        () -> {
          application.close();
          administration.close();
          server.close();
        });
  }

  private static DatabaseAddress address(EmbeddedPostgres server, String role) {
    return new DatabaseAddress(server.jdbcUrl(), server.login(role));
  }

  private record Open(TenantStore tenants, RevisionFeed feed, Runnable closing)
      implements OpenStore {
    @Override
    public Optional<RevisionFeed> revisions() {
      return Optional.of(feed);
    }

    @Override
    public void close() {
      closing.run();
    }
  }
}
