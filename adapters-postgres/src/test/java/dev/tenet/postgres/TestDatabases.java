package dev.tenet.postgres;

import static java.util.Objects.requireNonNull;

import dev.tenet.spi.StoreProvider;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Several databases on the server of [TestDatabase], as an operator would configure them.
final class TestDatabases {

  private static final Path NOWHERE = Path.of("/nonexistent/tenet");

  private final Map<String, String> settings = new LinkedHashMap<>();
  private final String prefix;

  /// New databases called `main`, `eu` and `us`.
  ///
  /// @param prefix makes their names on the server unique
  TestDatabases(String prefix) {
    this.prefix = prefix;
    settings.put("DATABASE_URL", TestDatabase.singleLoginUrl(prefix + "_main"));
    settings.put("DATABASE_URL_EU", TestDatabase.singleLoginUrl(prefix + "_eu"));
    settings.put("DATABASE_URL_US", TestDatabase.singleLoginUrl(prefix + "_us"));
    settings.put("DATABASE_POOL_SIZE", "6");
    settings.put("DATABASE_POOL_TIMEOUT", "1s");
  }

  /// {@return the settings of a server, which may be changed}
  Map<String, String> settings() {
    return new HashMap<>(settings);
  }

  /// {@return the store of a new node}
  StoreProvider.OpenStore open() {
    return open(settings);
  }

  static StoreProvider.OpenStore open(Map<String, String> settings) {
    return new PostgresStoreProvider().open(told(settings));
  }

  /// {@return the databases, open for an operator}
  TenantOperation operation() {
    return TenantOperation.open(told(settings));
  }

  static StoreProvider.Settings told(Map<String, String> settings) {
    return new StoreProvider.Settings(NOWHERE, settings);
  }

  /// {@return the databases, open}
  Databases databases() {
    DatabaseSettings said = DatabaseSettings.read(settings);
    return Databases.open(
        Database.open(said.location().orElseThrow(), said),
        FurtherDatabases.read(settings),
        said,
        false);
  }

  /// Removes all tenants and keys.
  void empty() {
    for (String name : List.of("main", "eu", "us")) {
      execute(name, "TRUNCATE tenants CASCADE");
      execute(
          name,
          "TRUNCATE placements, api_keys, audit_log, audit_heads, plugin_releases, artefacts");
    }
  }

  /// Executes a statement as the owner of the tables.
  void execute(String name, String sql) {
    String setting = FurtherDatabases.setting(name);
    try (Connection connection =
            DatabaseAddress.parse(setting, requireNonNull(settings.get(setting)))
                .connect(TestDatabase.PATIENCE);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /// Lets a database answer no more.
  void stop(String name) {
    superuser("ALTER ROLE %s_%s NOLOGIN".formatted(prefix, name));
    superuser(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '%s_%s'"
            .formatted(prefix, name));
  }

  /// Lets a database answer again.
  void start(String name) {
    superuser("ALTER ROLE %s_%s LOGIN".formatted(prefix, name));
  }

  private static void superuser(String sql) {
    try (Connection connection = TestDatabase.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
