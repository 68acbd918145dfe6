package dev.tenet.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.tenet.postgres.TenantTransaction.Door;
import dev.tenet.postgres.embedded.EmbeddedPostgres;
import dev.tenet.postgres.embedded.Standby;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// One database with a streaming replica for all tests of this process.
final class TestReplica {

  private static final TestReplica INSTANCE = new TestReplica();

  private final Standby standby = new Standby();
  private final DatabaseAddress primary = address(standby.primary().jdbcUrl());
  private final TenantTransaction onPrimary;
  private final TenantTransaction onReplica;

  private TestReplica() {
    new Migrations(primary).run(true);
    onPrimary = transactions(primary, ConnectionSettings.DEFAULT);
    onReplica = transactions(address(standby.jdbcUrl()), ConnectionSettings.DEFAULT.forReplica());
  }

  private DatabaseAddress address(String jdbcUrl) {
    return new DatabaseAddress(jdbcUrl, standby.primary().login(EmbeddedPostgres.OWNER));
  }

  private static TenantTransaction transactions(
      DatabaseAddress address, ConnectionSettings settings) {
    HikariDataSource pool = ConnectionPools.open("replica-test", address, settings);
    Runtime.getRuntime().addShutdownHook(new Thread(pool::close));
    return new TenantTransaction(
        Door.of(pool, EmbeddedPostgres.APPLICATION),
        Door.of(pool, EmbeddedPostgres.ADMINISTRATION),
        settings);
  }

  /// {@return the replica, to pause or kill it}
  static Standby standby() {
    return INSTANCE.standby;
  }

  /// {@return the way to the tables of the primary}
  static TenantTransaction onPrimary() {
    return INSTANCE.onPrimary;
  }

  /// {@return the way to the tables of the replica}
  static TenantTransaction onReplica() {
    return INSTANCE.onReplica;
  }

  /// {@return a URL with the login of the owner}
  static String url(String jdbcUrl) {
    String password =
        String.valueOf(INSTANCE.standby.primary().login(EmbeddedPostgres.OWNER).get("password"));
    return jdbcUrl.replaceFirst(
        "jdbc:postgresql://", "postgresql://%s:%s@".formatted(EmbeddedPostgres.OWNER, password));
  }

  /// Removes all tenants, on the replica as well.
  static void empty() {
    ask("TRUNCATE tenants CASCADE");
    catchUp();
  }

  /// Waits until the replica has all that the primary has now.
  static void catchUp() {
    String now = ask("SELECT pg_current_wal_lsn()");
    while (!standby().ask("SELECT pg_last_wal_replay_lsn() >= '" + now + "'").equals("t")) {
      Thread.onSpinWait();
    }
  }

  private static String ask(String sql) {
    try (Connection owner = INSTANCE.primary.connect(TestDatabase.PATIENCE);
        Statement statement = owner.createStatement()) {
      statement.execute(sql);
      ResultSet row = statement.getResultSet();
      return row != null && row.next() ? row.getString(1) : "";
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
