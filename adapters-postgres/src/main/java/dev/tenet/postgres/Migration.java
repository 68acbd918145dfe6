package dev.tenet.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.ConnectionException;

/// Brings the tables of a database to the version that this Tenet works with.
///
/// The login that does so becomes the owner of the tables. It must be allowed to create the roles `tenet_application` and
/// `tenet_administration`, or find them there with the right to act as them.
final class Migration {

  /// The version that this Tenet works with: the last one among the migrations.
  static final int VERSION = 2;

  private static final String HISTORY = "schema_migrations";
  private static final String UNDEFINED_TABLE = "42P01";

  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  /// A migration of large tables takes as long as it takes.
  private static final Duration UNLIMITED = Duration.ZERO;

  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

  private Migration() {}

  /// Migrates the database, unless it is at the right version already.
  ///
  /// @param allowed whether it may; otherwise only the right version will do
  /// @throws IllegalArgumentException with a message for the operator when the database is at a version that does not fit,
  ///     or the login may not migrate it
  static void run(DatabaseAddress owner, boolean allowed) {
    int version = version(owner);
    if (version > VERSION) {
      throw new IllegalArgumentException(
          "The database is at version %d, and this Tenet works with version %d: start a newer Tenet."
              .formatted(version, VERSION));
    }
    if (version == VERSION) {
      return;
    }
    if (!allowed) {
      throw new IllegalArgumentException(
          "The database is at version %d, and this Tenet works with version %d: migrate it first, or allow this server to."
              .formatted(version, VERSION));
    }
    migrate(owner);
  }

  /// {@return the version of the database, 0 when there is nothing of Tenet in it}
  static int version(DatabaseAddress address) {
    try (Connection connection = address.connect(LONGEST_SILENCE);
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT coalesce(max(version::int), 0) FROM " + HISTORY + " WHERE success")) {
      found.next();
      return found.getInt(1);
    } catch (SQLException e) {
      if (UNDEFINED_TABLE.equals(e.getSQLState())) {
        return 0;
      }
      throw failed(e);
    }
  }

  private static void migrate(DatabaseAddress owner) {
    try (Connection connection = owner.connect(LONGEST_SILENCE);
        Statement statement = connection.createStatement()) {
      statement.execute(roles());
    } catch (SQLException e) {
      if (INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
        throw new IllegalArgumentException(
            "The database cannot be migrated (%s). Give the login of DATABASE_URL the right CREATEROLE, or let an administrator create the roles tenet_application and tenet_administration and grant both to it."
                .formatted(e.getMessage()),
            e);
      }
      throw failed(e);
    }
    try {
      Flyway.configure(Migration.class.getClassLoader())
          .dataSource(owner.jdbcUrl(), null, null)
          .jdbcProperties(owner.login(UNLIMITED))
          .locations("classpath:dev/tenet/postgres/migration")
          .table(HISTORY)
          .baselineOnMigrate(true)
          .baselineVersion("0")
          .load()
          .migrate();
    } catch (FlywayException e) {
      if (Outage.isOutage(e)) {
        throw Outage.translate(e);
      }
      throw new IllegalArgumentException("The database cannot be migrated: " + e.getMessage(), e);
    }
  }

  private static RuntimeException failed(SQLException e) {
    return Outage.isOutage(e)
        ? Outage.translate(new ConnectionException(e))
        : new IllegalArgumentException("The database cannot be migrated: " + e.getMessage(), e);
  }

  private static String roles() {
    try (InputStream script = Migration.class.getResourceAsStream("roles.sql")) {
      if (script == null) {
        throw new IllegalStateException("roles.sql is missing");
      }
      return new String(script.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
