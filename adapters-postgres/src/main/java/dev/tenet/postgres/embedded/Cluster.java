package dev.tenet.postgres.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

/// Makes a new database: its files, then the roles and the database inside. A step that is cut short is done again by the
/// next start.
final class Cluster {

  private static final String SUPERUSER = "postgres";
  private static final Duration LIMIT = Duration.ofMinutes(2);

  /// Marks that the roles are there; another name where there are more of them.
  private static final String FURNISHED = "furnished-2";

  private final Binaries binaries;
  private final Account account;
  private final DataDirectory directory;

  Cluster(Binaries binaries, Account account, DataDirectory directory) {
    this.binaries = binaries;
    this.account = account;
    this.directory = directory;
  }

  /// Makes the files, unless they are there.
  ///
  /// @throws IllegalArgumentException with a message for the operator when they are another version's
  void initialize() {
    directory
        .databaseVersion()
        .ifPresentOrElse(
            version -> {
              if (!version.equals(binaries.majorVersion())) {
                throw new IllegalArgumentException(
                    "The data in %s was written by PostgreSQL %s, and this Tenet brings PostgreSQL %s: dump it with the Tenet that wrote it, and restore it into a new directory."
                        .formatted(directory.database(), version, binaries.majorVersion()));
              }
              account.own(directory.home());
            },
            this::create);
  }

  private void create() {
    Path home = directory.home();
    Path draft = home.resolve("data.new");
    Path password = home.resolve("password");
    try {
      if (!Files.isDirectory(home)) {
        Files.createDirectory(
            home,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      DataDirectory.delete(draft);
      Files.deleteIfExists(password);
      Files.createFile(
          password,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(password, directory.password(SUPERUSER), UTF_8);
      account.own(home);
      account.own(password);
      run(draft, password);
      Files.delete(password);
      Files.move(draft, directory.database(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("A database cannot be made in " + home, e);
    }
  }

  private void run(Path draft, Path password) {
    List<String> command =
        List.of(
            binaries.program("initdb"),
            "--pgdata=" + draft,
            "--username=" + SUPERUSER,
            "--pwfile=" + password,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--data-checksums");
    var ended = Program.run(account.command(command), LIMIT);
    if (ended.isEmpty() || !ended.get().succeeded()) {
      throw new IllegalStateException(
          "PostgreSQL's initdb failed in %s (in whose path it takes no quotes): "
                  .formatted(directory.home())
              + ended.map(Program.Ended::output).orElse("it did not end in time"));
    }
  }

  /// Makes the roles and the database, unless they are there.
  void furnish(int port) {
    Path mark = directory.home().resolve(FURNISHED);
    if (Files.exists(mark)) {
      return;
    }
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    var login = new Properties();
    login.putAll(EmbeddedPostgres.login(directory, SUPERUSER));
    try (Connection connection = DriverManager.getConnection(url, login);
        Statement statement = connection.createStatement()) {
      role(connection, EmbeddedPostgres.OWNER);
      role(connection, EmbeddedPostgres.APPLICATION);
      role(connection, EmbeddedPostgres.ADMINISTRATION);
      role(connection, EmbeddedPostgres.DECISION_WRITER);
      statement.execute(
          "GRANT tenet_application, tenet_administration, tenet_decision_writer TO tenet_owner"
              + " WITH INHERIT FALSE");
      if (isMissing(connection, "SELECT FROM pg_database WHERE datname = ?", "tenet")) {
        statement.execute("CREATE DATABASE tenet OWNER tenet_owner");
      }
      statement.execute("REVOKE ALL ON DATABASE tenet FROM PUBLIC");
      statement.execute(
          "GRANT CONNECT ON DATABASE tenet TO tenet_application, tenet_administration,"
              + " tenet_decision_writer");
      Files.createFile(mark);
    } catch (SQLException e) {
      throw new IllegalStateException("The new database cannot be prepared: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The password has hexadecimal digits only, so nothing in it could end the literal.
  private void role(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (isMissing(connection, "SELECT FROM pg_roles WHERE rolname = ?", name)) {
        statement.execute(
            "CREATE ROLE %s NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB LOGIN PASSWORD '%s'"
                .formatted(name, directory.password(name)));
      }
    }
  }

  private static boolean isMissing(Connection connection, String query, String name)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      return !statement.executeQuery().next();
    }
  }
}
