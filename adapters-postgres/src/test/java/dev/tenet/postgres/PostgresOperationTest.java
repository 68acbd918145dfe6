package dev.tenet.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenet.application.change.AtOnce;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.postgres.PostgresOperation.State;
import dev.tenet.postgres.PostgresOperation.Step;
import dev.tenet.postgres.embedded.TestDirectory;
import dev.tenet.spi.StoreProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class PostgresOperationTest {

  private static final Path NOWHERE = Path.of("/nonexistent/tenet");

  private static PostgresOperation open(String url) {
    return PostgresOperation.open(
        new StoreProvider.Settings(NOWHERE, Map.of("DATABASE_URL", url)), false);
  }

  private static void execute(String url, String sql) throws SQLException {
    try (Connection connection =
            DatabaseAddress.parse("DATABASE_URL", url).connect(TestDatabase.PATIENCE);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void assertNothingApplied(PostgresOperation database) {
    assertThat(database.history().version()).isZero();
    assertThat(database.history().steps())
        .extracting(Step::state)
        .containsOnly(State.PENDING)
        .hasSize(PostgresOperation.newest());
  }

  private static void assertAllApplied(PostgresOperation database) {
    assertThat(database.history().version()).isEqualTo(PostgresOperation.newest());
    assertThat(database.history().steps())
        .allSatisfy(step -> assertThat(step.applied()).isPresent())
        .extracting(Step::state)
        .containsOnly(State.APPLIED)
        .hasSize(PostgresOperation.newest());
  }

  @Test
  void migrationsAreNumberedFromOneWithoutAGap() {
    assertThat(open(TestDatabase.singleLoginUrl("numbered")).history().steps())
        .extracting(Step::version)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, PostgresOperation.newest()).boxed().toList());
  }

  @Test
  void anEmptyDatabaseIsMigratedOnce() {
    try (var database = open(TestDatabase.singleLoginUrl("operated"))) {
      assertNothingApplied(database);
      assertThat(database.up()).isZero();
      assertAllApplied(database);
      assertThat(database.up()).isEqualTo(PostgresOperation.newest());
      assertThat(database.address()).startsWith("postgresql://127.0.0.1:").endsWith("/operated");
    }
  }

  @Test
  void aDatabaseWithTablesOfOthersIsMigratedToo() throws SQLException {
    String url = TestDatabase.singleLoginUrl("shared");
    execute(url, "CREATE TABLE ours (x int)");
    try (var database = open(url)) {
      assertNothingApplied(database);
      assertThat(database.up()).isZero();
      assertAllApplied(database);
    }
  }

  @Test
  void aDatabaseOfANewerTenetIsShownAndLeftAlone() throws SQLException {
    String url = TestDatabase.singleLoginUrl("newer");
    try (var database = open(url)) {
      database.up();
      execute(
          url,
          "INSERT INTO schema_migrations SELECT installed_rank + 1, '99', 'things to come', type,"
              + " 'V99__x.sql', checksum, installed_by, installed_on, execution_time, success FROM"
              + " schema_migrations ORDER BY installed_rank DESC LIMIT 1");

      assertThat(database.history().version()).isEqualTo(99);
      assertThat(database.history().steps().getLast())
          .returns(99, Step::version)
          .returns("things to come", Step::description)
          .returns(State.NEWER, Step::state);
      assertThatThrownBy(database::up)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "The database is at version 99, and this Tenet works with version %d: start a newer Tenet.",
              PostgresOperation.newest());
    }
  }

  @Test
  void aMigrationThatIsNotThisTenetsIsRefused() throws SQLException {
    String url = TestDatabase.singleLoginUrl("altered");
    try (var database = open(url)) {
      database.up();
      execute(url, "UPDATE schema_migrations SET checksum = 7 WHERE version = '1'");

      assertThatThrownBy(database::up)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("/altered cannot be used: ")
          .hasMessageContaining("checksum mismatch");
    }
  }

  @Test
  void serversThatStartTogetherMigrateOnce() {
    for (int round = 0; round < 5; round++) {
      String url = TestDatabase.singleLoginUrl("together");
      AtOnce.run(
          4,
          server -> {
            new Migrations(DatabaseAddress.parse("DATABASE_URL", url)).run(true);
            return server;
          });

      try (var database = open(url)) {
        assertAllApplied(database);
      }
    }
  }

  @Test
  void aLoginWithoutRightsIsToldWhichItNeeds() throws SQLException {
    String url = TestDatabase.singleLoginUrl("powerless");
    try (Connection superuser = TestDatabase.connect("postgres");
        Statement statement = superuser.createStatement()) {
      statement.execute("REVOKE tenet_administration FROM powerless");
    }
    try (var database = open(url)) {
      assertThatThrownBy(database::up)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("permission denied")
          .hasMessageContaining("CREATEROLE");
    }
    try (Connection superuser = TestDatabase.connect("postgres");
        Statement statement = superuser.createStatement()) {
      statement.execute("GRANT tenet_administration TO powerless");
      statement.execute("ALTER DATABASE powerless OWNER TO postgres");
    }
    try (var database = open(url)) {
      assertThatThrownBy(database::up)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("permission denied for schema public");
    }
  }

  @Test
  void aWrongPasswordIsNotRepeated() {
    String url = TestDatabase.singleLoginUrl("forgetful").replace("p%40ss%3Aword", "geheim");
    try (var database = open(url)) {
      assertThatThrownBy(database::history)
          .isInstanceOf(StoreUnavailable.class)
          .hasMessageContaining("password authentication failed for user \"forgetful\"")
          .message()
          .doesNotContain("geheim");
      assertThatThrownBy(database::up).isInstanceOf(StoreUnavailable.class);
    }
  }

  @Test
  void theEmbeddedDatabaseIsMadeWhenItIsMigratedAndNotWhenItIsShown() {
    try (var directory = TestDirectory.empty()) {
      var settings = new StoreProvider.Settings(directory.path(), Map.of());

      assertThatThrownBy(() -> PostgresOperation.open(settings, false))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("There is no database in " + directory.path() + " yet:");
      assertThat(Files.exists(directory.path())).isFalse();
      try (var database = PostgresOperation.open(settings, true)) {
        assertThat(database.up()).isZero();
      }
      try (var database = PostgresOperation.open(settings, false)) {
        assertAllApplied(database);
      }
    }
  }
}
