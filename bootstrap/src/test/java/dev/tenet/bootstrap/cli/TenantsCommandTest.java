package dev.tenet.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.change.ChangeResult;
import dev.tenet.bootstrap.wiring.Parts;
import dev.tenet.bootstrap.wiring.TenetComponent;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.postgres.PostgresStoreProvider;
import dev.tenet.postgres.embedded.EmbeddedPostgres;
import dev.tenet.spi.StoreProvider;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class TenantsCommandTest {

  private static final String NOBODY = "0197a3c2-0000-7000-8000-00000000dead";

  private static @Nullable EmbeddedPostgres server;

  @BeforeAll
  static void start(@TempDir Path folder) throws SQLException {
    server = EmbeddedPostgres.start(folder.resolve("data"), 60);
    var login = new Properties();
    login.putAll(server.login("postgres"));
    try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), login);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE main");
      statement.execute("CREATE DATABASE eu");
      statement.execute("CREATE DATABASE alone");
    }
  }

  @AfterAll
  static void stop() {
    Objects.requireNonNull(server).close();
  }

  private static String url(String database) {
    EmbeddedPostgres running = Objects.requireNonNull(server);
    return running
        .jdbcUrl()
        .replace("jdbc:postgresql://", "postgresql://postgres:%s@")
        .replace("/tenet", "/" + database + "?sslmode=disable")
        .formatted(running.login("postgres").get("password"));
  }

  private static Map<String, String> two() {
    return Map.of(
        "DATABASE_URL",
        url("main"),
        "DATABASE_URL_EU",
        url("eu"),
        "DATABASE_POOL_SIZE",
        "4",
        "TENET_MIGRATE",
        "on");
  }

  private static StoreProvider.OpenStore open() {
    return open(two());
  }

  private static StoreProvider.OpenStore open(Map<String, String> settings) {
    return new PostgresStoreProvider()
        .open(new StoreProvider.Settings(Path.of("/nonexistent"), settings));
  }

  private static Tenant create(StoreProvider.OpenStore store, String name, String database) {
    var result =
        TenetComponent.of(Parts.of(store))
            .useCases()
            .tenants()
            .create()
            .create(name, Optional.of(database), false, Optional.empty(), "test", Optional.empty());
    if (result instanceof ChangeResult.Accepted<Tenant> accepted) {
      return accepted.value();
    }
    throw new AssertionError(result);
  }

  @Test
  void listsAndMovesTenantsWhileAServerRuns() {
    try (StoreProvider.OpenStore store = open()) {
      Tenant acme = create(store, "acme", "main");
      create(store, "other", "eu");

      Tenet list = Tenet.run(two(), "", "tenants", "list");
      assertThat(list.status()).isZero();
      assertThat(list.outLines())
          .satisfiesExactly(
              line -> assertThat(line).matches("ID +DATABASE +REVISION +NAME"),
              line -> assertThat(line).matches("[0-9a-f-]{36} +eu +1 +other"),
              line -> assertThat(line).matches(acme.id() + " +main +1 +acme"));

      Tenet move = Tenet.run(two(), "", "tenants", "move", acme.id().toString(), "--to", "eu");
      assertThat(move.err()).isEmpty();
      assertThat(move.status()).isZero();
      assertThat(move.outLines())
          .hasSize(5)
          .anyMatch(
              line -> line.matches("The tenant is in eu now; .* paused for \\d+\\.\\d\\d s\\."));
      assertThat(store.tenants().load(acme.id())).isPresent();
      assertThat(Tenet.run(two(), "", "tenants", "list").out())
          .containsPattern(acme.id() + " +eu ");

      Tenet again = Tenet.run(two(), "", "tenants", "move", acme.id().toString(), "--to", "eu");
      assertThat(again.outLines()).containsExactly("The tenant is in eu already.");
    }
  }

  @Test
  void whatCannotBeDoneIsOneLine() {
    open().close();
    Map<String, String> alone = Map.of("DATABASE_URL", url("alone"));
    open(alone).close();
    assertOneLine(
        2,
        "There is no tenant " + NOBODY + ": tenet tenants list shows all.",
        two(),
        "move",
        NOBODY,
        "--to",
        "eu");
    assertOneLine(
        2,
        "There is no database \"ue\"; did you mean \"eu\"? The databases are main, eu.",
        two(),
        "move",
        NOBODY,
        "--to",
        "ue");
    assertOneLine(
        2,
        "\"acme\" is no id of a tenant: tenet tenants list shows all.",
        two(),
        "move",
        "acme",
        "--to",
        "eu");
    assertOneLine(
        2,
        "There is one database only: give further ones in settings such as DATABASE_URL_EU.",
        alone,
        "move",
        NOBODY,
        "--to",
        "eu");
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsOneLineWithoutThePassword() {
    open().close();
    Map<String, String> away = new HashMap<>(two());
    away.put("DATABASE_URL_US", "postgresql://user:geheim@127.0.0.1:1/db");
    for (String[] command : new String[][] {{"list"}, {"move", NOBODY, "--to", "us"}}) {
      Tenet run = run(away, command);
      assertThat(run.status()).isNotZero();
      assertThat(run.errLines()).singleElement().asString().doesNotContain("geheim");
    }
    assertThat(run(away, "list").err())
        .startsWith(
            "tenet: The database \"us\" cannot be used: The database postgresql://127.0.0.1:1/db does not answer");
  }

  @Test
  void thereMustBeADatabase(@TempDir Path folder) {
    Tenet run = Tenet.run("tenants", "list", "--data-dir", folder.resolve("none").toString());
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines())
        .singleElement()
        .asString()
        .startsWith("tenet: There is no database in ");
  }

  private static Tenet run(Map<String, String> settings, String... command) {
    String[] arguments = new String[command.length + 1];
    arguments[0] = "tenants";
    System.arraycopy(command, 0, arguments, 1, command.length);
    return Tenet.run(settings, "", arguments);
  }

  private static void assertOneLine(
      int status, String line, Map<String, String> settings, String... command) {
    Tenet run = run(settings, command);
    assertThat(run.errLines()).containsExactly("tenet: " + line);
    assertThat(run.status()).isEqualTo(status);
  }
}
