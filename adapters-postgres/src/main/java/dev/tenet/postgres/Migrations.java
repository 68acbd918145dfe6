package dev.tenet.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.postgres.PostgresOperation.History;
import dev.tenet.postgres.PostgresOperation.State;
import dev.tenet.postgres.PostgresOperation.Step;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;

/// Brings the tables of a database to the version that this Tenet works with: the last one among its migrations.
///
/// The login that does so becomes the owner of the tables. It must be allowed to create the roles `tenet_application`,
/// `tenet_administration` and `tenet_decision_writer`, or find them there with the right to act as them.
///
/// Every method throws [StoreUnavailable] when the database does not answer, and `IllegalArgumentException` with a message
/// for the operator when it cannot be worked with.
final class Migrations {

  private static final String FOLDER = "migration";
  private static final Pattern FILE = Pattern.compile("/V(?<version>\\d+)__[^/]*\\.sql$");
  private static final int NEWEST = findNewest();
  private static final String HISTORY = "schema_migrations";

  /// Whoever has this lock migrates; any number that nobody else uses.
  private static final long TURN = 0x74656e65746d6967L;

  private static final Duration BETWEEN_TRIES = Duration.ofMillis(200);

  private static final String UNDEFINED_TABLE = "42P01";
  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  /// A migration of large tables takes as long as it takes.
  private static final Duration UNLIMITED = Duration.ZERO;

  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

  private final DatabaseAddress owner;

  /// @param owner where the owner of the tables logs in
  Migrations(DatabaseAddress owner) {
    this.owner = owner;
  }

  private Flyway flyway() {
    return Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(owner.jdbcUrl(), null, null)
        .jdbcProperties(owner.login(UNLIMITED))
        .locations("classpath:dev/tenet/postgres/" + FOLDER)
        .table(HISTORY)
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load();
  }

  /// {@return the version that this Tenet works with: the number of the last migration}
  static int newest() {
    return NEWEST;
  }

  private static int findNewest() {
    try {
      return files().stream()
          .map(FILE::matcher)
          .filter(Matcher::find)
          .mapToInt(file -> Integer.parseInt(file.group("version")))
          .max()
          .orElseThrow();
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("The migrations cannot be listed.", e);
    }
  }

  /// Flyway could tell as well, but needs a database and most of a second for it, at each start.
  private static List<String> files() throws IOException, URISyntaxException {
    URL folder = Migrations.class.getResource(FOLDER);
    if (folder == null) {
      throw new FileNotFoundException(FOLDER);
    }
    if (folder.openConnection() instanceof JarURLConnection inJar) {
      String start = inJar.getEntryName();
      return inJar.getJarFile().stream()
          .map(ZipEntry::getName)
          .filter(name -> name.startsWith(start))
          .toList();
    }
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      return files.map(Path::toString).toList();
    }
  }

  /// {@return the version of the database, 0 when there is nothing of Tenet in it}
  int version() {
    try (Connection connection = owner.connect(LONGEST_SILENCE);
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

  /// {@return the migrations of this Tenet and those that the database has seen}
  History history() {
    try {
      return new History(
          Arrays.stream(flyway().info().all())
              .filter(MigrationInfo::isVersioned)
              .map(Migrations::step)
              .filter(step -> step.version() > 0)
              .toList());
    } catch (FlywayException e) {
      throw failed(e);
    }
  }

  private static Step step(MigrationInfo info) {
    var state = info.getState();
    return new Step(
        Integer.parseInt(info.getVersion().getVersion()),
        info.getDescription(),
        state.isFailed()
            ? State.FAILED
            : !state.isApplied() ? State.PENDING : state.isResolved() ? State.APPLIED : State.NEWER,
        Optional.ofNullable(info.getInstalledOn())
            .map(at -> LocalDateTime.ofInstant(at.toInstant(), ZoneId.systemDefault())));
  }

  /// Migrates the database, unless it is at the right version already.
  ///
  /// @param allowed whether it may; otherwise only the right version will do
  void run(boolean allowed) {
    int version = version();
    refuseNewer(version);
    if (version == NEWEST) {
      return;
    }
    if (!allowed) {
      throw new IllegalArgumentException(
          "The database is at version %d, and this Tenet works with version %d: migrate it with tenet migrate up, or let a server do it that is started with --migrate=on."
              .formatted(version, NEWEST));
    }
    migrate();
  }

  /// Migrates the database, and checks that the migrations it has are this Tenet's.
  ///
  /// @return the version before
  int up() {
    int version = version();
    refuseNewer(version);
    migrate();
    return version;
  }

  /// Distributes the tables over the nodes of a Citus cluster, unless they are.
  ///
  /// @return whether anything was to do
  /// @throws IllegalStateException with a message for the operator when the database has no Citus
  boolean distribute() {
    int version = version();
    refuseNewer(version);
    if (version < NEWEST) {
      throw new IllegalArgumentException(
          "The database is at version %d, and this Tenet works with version %d: migrate it first with tenet migrate up."
              .formatted(version, NEWEST));
    }
    try (Connection connection = owner.connect(UNLIMITED)) {
      return Citus.distribute(connection);
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static void refuseNewer(int version) {
    if (version > NEWEST) {
      throw new IllegalArgumentException(
          "The database is at version %d, and this Tenet works with version %d: start a newer Tenet."
              .formatted(version, NEWEST));
    }
  }

  private void migrate() {
    try (Connection connection = owner.connect(LONGEST_SILENCE);
        Statement statement = connection.createStatement()) {
      statement.execute(roles());
    } catch (SQLException e) {
      if (INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
        throw new IllegalArgumentException(
            "The database cannot be migrated (%s). Give the login the right CREATEROLE, or let an administrator create the roles tenet_application, tenet_administration and tenet_decision_writer and grant them to it."
                .formatted(e.getMessage()),
            e);
      }
      throw failed(e);
    }
    while (!migratedInTurn()) {
      LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
    }
  }

  /// Flyway's own lock is in its table, which the first of several has yet to make. Who waits keeps no connection from the others.
  ///
  /// @return whether it was its turn
  private boolean migratedInTurn() {
    try (Connection turn = owner.connect(UNLIMITED);
        Statement statement = turn.createStatement()) {
      turn.setAutoCommit(false);
      statement.execute("SET LOCAL idle_in_transaction_session_timeout = 0");
      try (ResultSet free =
          statement.executeQuery("SELECT pg_try_advisory_xact_lock(" + TURN + ")")) {
        free.next();
        if (!free.getBoolean(1)) {
          return false;
        }
      }
      flyway().migrate();
      return true;
    } catch (FlywayException | SQLException e) {
      throw failed(e);
    }
  }

  private RuntimeException failed(Exception e) {
    String words = Outage.words(e);
    return Outage.isOutage(e)
        ? new StoreUnavailable("The database %s does not answer: %s".formatted(owner, words), e)
        : new IllegalArgumentException(
            "The database %s cannot be used: %s".formatted(owner, words), e);
  }

  private static String roles() {
    try (InputStream script = Migrations.class.getResourceAsStream("roles.sql")) {
      if (script == null) {
        throw new IllegalStateException("roles.sql is missing");
      }
      return new String(script.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
