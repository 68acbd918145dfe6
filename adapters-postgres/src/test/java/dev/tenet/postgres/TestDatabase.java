package dev.tenet.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.tenet.application.store.TenantStore;
import dev.tenet.postgres.embedded.EmbeddedPostgres;
import dev.tenet.postgres.embedded.TestDirectory;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/// One embedded PostgreSQL for all tests of this process, stopped when the process ends.
final class TestDatabase {

  /// How long a test waits for an answer.
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final TestDatabase INSTANCE = new TestDatabase();

  private final EmbeddedPostgres server;
  private final HikariDataSource application;
  private final HikariDataSource administration;
  private final HikariDataSource decisions;

  private TestDatabase() {
    TestDirectory directory = TestDirectory.create();
    server = EmbeddedPostgres.start(directory.path(), 2 * ConnectionSettings.DEFAULT.poolSize());
    new Migrations(address(EmbeddedPostgres.OWNER)).run(true);
    application =
        ConnectionPools.open(
            "test", address(EmbeddedPostgres.APPLICATION), ConnectionSettings.DEFAULT);
    administration =
        ConnectionPools.open(
            "test-administration",
            address(EmbeddedPostgres.ADMINISTRATION),
            ConnectionSettings.DEFAULT.withPoolSize(4));
    decisions =
        ConnectionPools.open(
            "test-decisions",
            address(EmbeddedPostgres.DECISION_WRITER),
            ConnectionSettings.DEFAULT.withPoolSize(1));
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  application.close();
                  administration.close();
                  decisions.close();
                  server.close();
                  directory.close();
                }));
  }

  static DatabaseAddress address(EmbeddedPostgres server, String role) {
    return new DatabaseAddress(server.jdbcUrl(), server.login(role));
  }

  private DatabaseAddress address(String role) {
    return address(server, role);
  }

  /// {@return where a role finds the database}
  static DatabaseAddress addressOf(String role) {
    return INSTANCE.address(role);
  }

  /// {@return a store without tenants}
  static TenantStore emptyStore() {
    empty();
    return new PostgresTenantStore(transactions());
  }

  static TenantTransaction transactions() {
    return new TenantTransaction(
        TenantTransaction.Door.of(INSTANCE.application),
        TenantTransaction.Door.of(INSTANCE.administration),
        ConnectionSettings.DEFAULT);
  }

  /// {@return a log of decisions, which has what was put into it before}
  static PostgresDecisionLog decisionLog() {
    return new PostgresDecisionLog(
        transactions(),
        new RoleTransaction(
            TenantTransaction.Door.of(INSTANCE.decisions), ConnectionSettings.DEFAULT));
  }

  /// Removes all tenants, keys and decisions.
  static void empty() {
    try (Connection owner = connect(EmbeddedPostgres.OWNER);
        Statement statement = owner.createStatement()) {
      statement.execute("TRUNCATE tenants CASCADE");
      statement.execute(
          "TRUNCATE placements, api_keys, quota_accounts, quota_slots, usage_days, plugin_releases, artefacts");
      statement.execute("TRUNCATE audit_log, audit_heads");
      statement.execute("TRUNCATE decisions");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  /// {@return a connection of a role}
  static Connection connect(String role) throws SQLException {
    return addressOf(role).connect(PATIENCE);
  }

  /// {@return the URL of a database of its own, with one login that owns everything in it}
  ///
  /// @param name of the database and of the login
  static String singleLoginUrl(String name) {
    try (Connection superuser = connect("postgres");
        Statement statement = superuser.createStatement()) {
      statement.execute("DROP DATABASE IF EXISTS " + name);
      statement.execute("DROP ROLE IF EXISTS " + name);
      statement.execute("CREATE ROLE " + name + " LOGIN PASSWORD 'p@ss:word'");
      statement.execute(
          "GRANT tenet_application, tenet_administration, tenet_decision_writer TO " + name);
      statement.execute("CREATE DATABASE " + name + " OWNER " + name);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    return INSTANCE
            .server
            .jdbcUrl()
            .replaceFirst("jdbc:postgresql://", "postgresql://" + name + ":p%40ss%3Aword@")
            .replaceFirst("/tenet$", "/" + name)
        + "?sslmode=disable";
  }
}
