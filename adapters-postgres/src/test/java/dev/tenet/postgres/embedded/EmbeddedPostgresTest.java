package dev.tenet.postgres.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

@Timeout(120)
final class EmbeddedPostgresTest {

  private TestDirectory directory = TestDirectory.create();

  @BeforeEach
  void newDirectory() {
    directory.close();
    directory = TestDirectory.create();
  }

  @AfterEach
  void deleteDirectory() {
    directory.close();
  }

  @Test
  void keepsDataOverARestart() throws SQLException {
    try (var server = EmbeddedPostgres.start(directory.path(), 5)) {
      execute(server, "CREATE TABLE kept (x int)");
      execute(server, "INSERT INTO kept VALUES (42)");
    }
    try (var server = EmbeddedPostgres.start(directory.path(), 5)) {
      assertThat(text(server, "SELECT x::text FROM kept")).isEqualTo("42");
    }
  }

  @Test
  void writesDurablyAndListensOnTheLoopbackOnly() throws SQLException {
    try (var server = EmbeddedPostgres.start(directory.path(), 5)) {
      for (String setting :
          List.of("fsync", "synchronous_commit", "full_page_writes", "data_checksums")) {
        assertThat(text(server, "SHOW " + setting)).as(setting).isEqualTo("on");
      }
      assertThat(text(server, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(text(server, "postgres", "SHOW unix_socket_directories")).isEmpty();
      assertThat(text(server, "SHOW server_encoding")).isEqualTo("UTF8");
    }
  }

  @Test
  void isClosedToOthers() throws IOException {
    try (var server = EmbeddedPostgres.start(directory.path(), 5)) {
      for (String user :
          List.of("postgres", EmbeddedPostgres.OWNER, EmbeddedPostgres.APPLICATION)) {
        for (String password : List.of("", user)) {
          assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl(), user, password))
              .as(user)
              .isInstanceOf(SQLException.class);
        }
      }
      for (String closed : List.of("postgresql.secret", "postgresql", "postgresql/data")) {
        assertThat(Files.getPosixFilePermissions(directory.path().resolve(closed)))
            .as(closed)
            .isSubsetOf(
                PosixFilePermission.OWNER_READ,
                PosixFilePermission.OWNER_WRITE,
                PosixFilePermission.OWNER_EXECUTE);
      }
    }
    assertThat(directory.path().resolve("postgresql/password")).doesNotExist();
  }

  @Test
  void unpacksItselfIntoADirectoryThatItMakes() throws SQLException {
    try (var empty = TestDirectory.empty();
        var server = EmbeddedPostgres.start(empty.path().resolve("deeper"), 5)) {
      assertThat(text(server, "SELECT version()")).startsWith("PostgreSQL 18");
    }
  }

  @Test
  void refusesADirectoryInUse() {
    try (var server = EmbeddedPostgres.start(directory.path(), 5)) {
      assertThat(server.pid()).isPositive();
      assertThatThrownBy(() -> EmbeddedPostgres.start(directory.path(), 5))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "The data directory %s is in use by another server: stop that one, or choose another directory with --data-dir.",
              directory.path());
    }
  }

  @Test
  void refusesADatabaseWhoseSecretIsMissing() throws IOException {
    EmbeddedPostgres.start(directory.path(), 5).close();
    Files.delete(directory.path().resolve("postgresql.secret"));
    assertThatThrownBy(() -> EmbeddedPostgres.start(directory.path(), 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("postgresql.secret");
    assertThat(directory.path().resolve("postgresql.secret")).doesNotExist();
  }

  @Test
  void refusesTheDataOfAnotherVersion() throws IOException {
    EmbeddedPostgres.start(directory.path(), 5).close();
    Files.writeString(directory.path().resolve("postgresql/data/PG_VERSION"), "12\n");

    assertThatThrownBy(() -> EmbeddedPostgres.start(directory.path(), 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PostgreSQL 12");
  }

  @Test
  void finishesAFirstStartThatWasCutShort() throws IOException, SQLException {
    try (var server = EmbeddedPostgres.start(directory.path(), 5)) {
      execute(server, "CREATE TABLE kept (x int)");
    }
    Files.delete(directory.path().resolve("postgresql/furnished-2"));
    Files.createDirectories(directory.path().resolve("postgresql/data.new/base"));
    Files.createDirectories(directory.path().resolve("postgresql-1.0.new"));

    try (var server = EmbeddedPostgres.start(directory.path(), 5)) {
      assertThat(text(server, "SELECT count(*)::text FROM kept")).isEqualTo("0");
    }
  }

  @Test
  void startsAgainWhenItIsKilled() throws Exception {
    try (var server = EmbeddedPostgres.start(directory.path(), 5)) {
      execute(server, "CREATE TABLE kept (x int)");
      for (int i = 1; i <= 3; i++) {
        execute(server, "INSERT INTO kept VALUES (1)");
        long killed = server.pid();
        ProcessHandle.of(killed).orElseThrow().destroyForcibly();
        awaitAnother(server, killed);
        assertThat(text(server, "SELECT count(*)::text FROM kept")).isEqualTo(Integer.toString(i));
      }
    }
  }

  private static void awaitAnother(EmbeddedPostgres server, long killed) {
    while (server.pid() == killed) {
      Thread.onSpinWait();
    }
  }

  @Test
  void startsWhenTheProcessIdOfAKilledOneBelongsToAnotherProcess() throws Exception {
    Path pidFile = directory.path().resolve("postgresql/data/postmaster.pid");
    String left;
    try (var server = EmbeddedPostgres.start(directory.path(), 5)) {
      execute(server, "CREATE TABLE kept (x int)");
      left = Files.readString(pidFile, UTF_8);
    }
    Process innocent = new ProcessBuilder("sleep", "100").start();
    try {
      Files.writeString(pidFile, innocent.pid() + left.substring(left.indexOf('\n')));
      try (var server = EmbeddedPostgres.start(directory.path(), 5)) {
        assertThat(text(server, "SELECT count(*)::text FROM kept")).isEqualTo("0");
      }
      assertThat(innocent.isAlive()).isTrue();
    } finally {
      innocent.destroyForcibly();
    }
  }

  static boolean isRoot() {
    return Account.isRoot();
  }

  @Test
  @EnabledIf("isRoot")
  void rootRunsItAsWhomeverTheMachineAllows() throws Exception {
    Files.setPosixFilePermissions(directory.parent(), PosixFilePermissions.fromString("rwxr-xr-x"));
    List<Account> working =
        Account.candidates().stream().filter(a -> a.works(directory.path())).toList();
    assertThat(working).isNotEmpty();
    for (Account account : working) {
      var files = DataDirectory.open(directory.path());
      try (var server = EmbeddedPostgres.start(files, account, 5)) {
        execute(server, "CREATE TABLE IF NOT EXISTS kept (x int)");
        execute(server, "INSERT INTO kept VALUES (1)");
        assertThat(Files.getOwner(files.database()).getName())
            .isEqualTo(account.user().orElseThrow());
      }
    }
    try (var server = EmbeddedPostgres.start(directory.path(), 5)) {
      assertThat(text(server, "SELECT count(*)::text FROM kept"))
          .isEqualTo(Integer.toString(working.size()));
    }
  }

  private static void execute(EmbeddedPostgres server, String sql) throws SQLException {
    try (Connection connection = connect(server, EmbeddedPostgres.OWNER);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String text(EmbeddedPostgres server, String sql) throws SQLException {
    return text(server, EmbeddedPostgres.OWNER, sql);
  }

  private static String text(EmbeddedPostgres server, String role, String sql) throws SQLException {
    try (Connection connection = connect(server, role);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private static Connection connect(EmbeddedPostgres server, String role) throws SQLException {
    var properties = new Properties();
    properties.putAll(server.login(role));
    return DriverManager.getConnection(server.jdbcUrl(), properties);
  }
}
