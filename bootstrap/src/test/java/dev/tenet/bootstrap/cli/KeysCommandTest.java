package dev.tenet.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.change.ChangeResult;
import dev.tenet.application.identity.ApiKeyStore;
import dev.tenet.application.identity.IssueKey;
import dev.tenet.application.identity.KnownKeys;
import dev.tenet.bootstrap.wiring.Parts;
import dev.tenet.bootstrap.wiring.TenetComponent;
import dev.tenet.domain.identity.ApiKey;
import dev.tenet.domain.identity.ApiKeyId;
import dev.tenet.domain.identity.KeySecret;
import dev.tenet.domain.identity.Role;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.postgres.PostgresStoreProvider;
import dev.tenet.postgres.embedded.EmbeddedPostgres;
import dev.tenet.spi.StoreProvider;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class KeysCommandTest {

  private static final String NOBODY = "0197a3c2-0000-7000-8000-00000000dead";

  private static @Nullable EmbeddedPostgres server;

  @BeforeAll
  static void start(@TempDir Path folder) throws SQLException {
    server = EmbeddedPostgres.start(folder.resolve("data"), 30);
    var login = new Properties();
    login.putAll(server.login("postgres"));
    try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), login);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE main");
      statement.execute("CREATE DATABASE old");
    }
    open().close();
  }

  @AfterAll
  static void stop() {
    Objects.requireNonNull(server).close();
  }

  private static Map<String, String> settings(String database) {
    EmbeddedPostgres running = Objects.requireNonNull(server);
    String url =
        running
            .jdbcUrl()
            .replace("jdbc:postgresql://", "postgresql://postgres:%s@")
            .replace("/tenet", "/" + database + "?sslmode=disable")
            .formatted(running.login("postgres").get("password"));
    return Map.of("DATABASE_URL", url, "DATABASE_POOL_SIZE", "4");
  }

  private static StoreProvider.OpenStore open() {
    return new PostgresStoreProvider()
        .open(new StoreProvider.Settings(Path.of("/nonexistent"), settings("main")));
  }

  private static Tenet run(String... command) {
    return on(settings("main"), command);
  }

  private static Tenet on(Map<String, String> settings, String... command) {
    String[] arguments = new String[command.length + 1];
    arguments[0] = "keys";
    System.arraycopy(command, 0, arguments, 1, command.length);
    return Tenet.run(settings, "", arguments);
  }

  private static void assertOneLine(int status, String line, String... command) {
    Tenet run = run(command);
    assertThat(run.errLines()).containsExactly("tenet: " + line);
    assertThat(run.out()).isEmpty();
    assertThat(run.status()).isEqualTo(status);
  }

  @Test
  void namesOfEarlierAreShownHarmless() {
    try (StoreProvider.OpenStore store = open()) {
      KeySecret secret = KeySecret.of(new byte[8], new byte[32]);
      var id = new ApiKeyId(new UUID(4, 4));
      var key =
          new ApiKey(
              id,
              secret.prefix(),
              "a\u202eb\u001b[2J",
              Optional.empty(),
              Set.of(Role.AUDITOR),
              Instant.EPOCH,
              "somebody",
              Optional.empty(),
              Optional.empty(),
              Optional.empty());
      store
          .apiKeys()
          .orElseThrow()
          .add(new ApiKeyStore.StoredKey(key, secret.hash()), IssueKey.MOST_KEYS);
      assertThat(run("list").out()).contains("a\\u202eb\\u001b[2J").doesNotContain("\u202e");
      assertThat(run("revoke", id.toString()).outLines())
          .containsExactly("The key tnt_0000000000000000, \"a\\u202eb\\u001b[2J\", is revoked.");
    }
  }

  @Test
  void aKeyThatIsCreatedIsGoodUntilItIsRevoked() {
    try (StoreProvider.OpenStore store = open()) {
      Tenet created =
          run("create", "--name", "rescue me", "--role", "platform-admin", "--expires", "90d");
      assertThat(created.status()).as(created.err()).isZero();
      KeySecret secret = KeySecret.parse(created.out().strip()).orElseThrow();
      assertThat(created.errLines())
          .singleElement()
          .asString()
          .matches("The key [0-9a-f-]{36} is not shown again: keep it\\.");
      String id = created.err().substring(8, 44);
      assertThat(
              new KnownKeys(
                      store.apiKeys().orElseThrow(),
                      InstantSource.system(),
                      System::nanoTime,
                      Runnable::run)
                  .judge(secret))
          .isInstanceOfSatisfying(
              KnownKeys.Verdict.Good.class,
              good -> assertThat(good.key().roles()).containsExactly(Role.PLATFORM_ADMIN));

      Tenet list = run("list");
      assertThat(list.status()).isZero();
      assertThat(list.outLines().getFirst())
          .matches("ID +KEY +STATE +ROLES +EXPIRES +LAST USED +NAME");
      assertThat(list.out())
          .containsPattern(
              id
                  + "  tnt_"
                  + secret.prefix()
                  + "  valid +platform-admin  20\\d\\d-\\S+Z  20\\d\\d-\\S+Z +rescue me")
          .doesNotContain(secret.reveal());

      assertThat(run("revoke", id).outLines())
          .containsExactly("The key tnt_%s, \"rescue me\", is revoked.".formatted(secret.prefix()));
      assertThat(run("list").out()).containsPattern(secret.prefix() + "  revoked");
      assertThat(
              new KnownKeys(
                      store.apiKeys().orElseThrow(),
                      InstantSource.system(),
                      System::nanoTime,
                      Runnable::run)
                  .judge(secret))
          .isEqualTo(new KnownKeys.Verdict.Bad());
    }
  }

  @Test
  void keysOfATenant() {
    try (StoreProvider.OpenStore store = open()) {
      var accepted =
          TenetComponent.of(Parts.of(store))
              .useCases()
              .tenants()
              .create()
              .create("acme", Optional.empty(), false, Optional.empty(), "test", Optional.empty());
      String tenant = ((ChangeResult.Accepted<Tenant>) accepted).value().id().toString();
      Tenet created =
          run(
              "create",
              "--name",
              "ci",
              "--role",
              "author",
              "--role",
              "evaluator",
              "--tenant",
              tenant);
      assertThat(created.status()).as(created.err()).isZero();
      assertThat(run("list", "--tenant", tenant).out())
          .containsPattern("valid +author,evaluator +never +never +ci");
      String id = created.err().substring(8, 44);
      assertThat(run("revoke", id).errLines())
          .containsExactly("tenet: There is no key " + id + ": tenet keys list shows all.");
      assertThat(run("revoke", id, "--tenant", tenant).status()).isZero();
      assertOneLine(
          2,
          "The role \"platform-admin\" is for keys of the platform; a tenant's key may have \"tenant-admin\".",
          "create",
          "--name",
          "x",
          "--role",
          "platform-admin",
          "--tenant",
          tenant);
    }
  }

  @Test
  void whatCannotBeDoneIsOneLine() {
    assertOneLine(
        2,
        "There is no role \"evaluater\"; did you mean \"evaluator\"? The roles are platform-admin, tenant-admin, author, evaluator, auditor.",
        "create",
        "--name",
        "x",
        "--role",
        "evaluater");
    assertOneLine(
        2,
        "--expires: \"soon\" is no time; write it like 90d, 12h or 2027-01-31T08:30:00Z.",
        "create",
        "--name",
        "x",
        "--role",
        "author",
        "--expires",
        "soon");
    assertOneLine(
        2,
        "The key would be expired already; give a moment that is to come.",
        "create",
        "--name",
        "x",
        "--role",
        "author",
        "--expires",
        "2020-01-31T08:30:00Z");
    for (List<String> command :
        List.of(
            List.of("list", "--tenant", NOBODY),
            List.of("create", "--name", "x", "--role", "author", "--tenant", NOBODY))) {
      assertOneLine(
          2,
          "There is no tenant " + NOBODY + ": tenet tenants list shows all.",
          command.toArray(String[]::new));
    }
    assertOneLine(
        2,
        "\"acme\" is no id of a tenant: tenet tenants list shows all.",
        "list",
        "--tenant",
        "acme");
    assertOneLine(2, "\"x\" is no id of a key: tenet keys list shows all.", "revoke", "x");
    assertOneLine(
        2, "There is no key " + NOBODY + ": tenet keys list shows all.", "revoke", NOBODY);
  }

  @Test
  void theDatabaseMustBeThereAndOfThisVersion(@TempDir Path folder) {
    Tenet none = on(Map.of(), "list", "--data-dir", folder.resolve("none").toString());
    assertThat(none.status()).isEqualTo(2);
    assertThat(none.err()).startsWith("tenet: There is no database in ");
    Tenet old = on(settings("old"), "list");
    assertThat(old.status()).isEqualTo(2);
    assertThat(old.errLines())
        .singleElement()
        .asString()
        .startsWith("tenet: The database is at version 0");
    Tenet away = on(Map.of("DATABASE_URL", "postgresql://user:geheim@127.0.0.1:1/db"), "list");
    assertThat(away.status()).isEqualTo(1);
    assertThat(away.errLines()).singleElement().asString().doesNotContain("geheim");
  }
}
