package dev.tenet.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.change.ChangeResult;
import dev.tenet.bootstrap.wiring.Parts;
import dev.tenet.bootstrap.wiring.TenetComponent;
import dev.tenet.domain.audit.AuditDetail;
import dev.tenet.domain.audit.AuditEvent;
import dev.tenet.domain.audit.Outcome;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.postgres.PostgresStoreProvider;
import dev.tenet.postgres.embedded.EmbeddedPostgres;
import dev.tenet.spi.StoreProvider;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
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
final class AuditCommandTest {

  private static final String NOBODY = "0197a3c2-0000-7000-8000-00000000dead";

  private static @Nullable EmbeddedPostgres server;

  @BeforeAll
  static void start(@TempDir Path folder) throws SQLException {
    server = EmbeddedPostgres.start(folder.resolve("data"), 60);
    execute("tenet", "CREATE DATABASE proved");
    execute("tenet", "CREATE DATABASE broken");
    execute("tenet", "CREATE DATABASE main");
    execute("tenet", "CREATE DATABASE eu");
  }

  @AfterAll
  static void stop() {
    Objects.requireNonNull(server).close();
  }

  private static void execute(String database, String sql) throws SQLException {
    EmbeddedPostgres running = Objects.requireNonNull(server);
    var login = new Properties();
    login.putAll(running.login("postgres"));
    try (Connection connection =
            DriverManager.getConnection(
                running.jdbcUrl().replace("/tenet", "/" + database), login);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String url(String database) {
    EmbeddedPostgres running = Objects.requireNonNull(server);
    return running
        .jdbcUrl()
        .replace("jdbc:postgresql://", "postgresql://postgres:%s@")
        .replace("/tenet", "/" + database + "?sslmode=disable")
        .formatted(running.login("postgres").get("password"));
  }

  private static Map<String, String> settings(String database) {
    return Map.of("DATABASE_URL", url(database), "DATABASE_POOL_SIZE", "4");
  }

  private static StoreProvider.OpenStore open(Map<String, String> settings) {
    return new PostgresStoreProvider()
        .open(new StoreProvider.Settings(Path.of("/nonexistent"), settings));
  }

  private static TenantId create(
      StoreProvider.OpenStore store, String name, Optional<String> database) {
    var result =
        TenetComponent.of(Parts.of(store))
            .useCases()
            .tenants()
            .create()
            .create(name, database, false, Optional.empty(), "alice", Optional.of("request 1"));
    if (result instanceof ChangeResult.Accepted<Tenant> accepted) {
      return accepted.value().id();
    }
    throw new AssertionError(result);
  }

  private static void deny(StoreProvider.OpenStore store, TenantId tenant, String actor) {
    store
        .audit()
        .orElseThrow()
        .append(
            tenant,
            List.of(
                AuditEvent.of(
                    Instant.parse("2026-01-31T08:30:00Z"),
                    actor,
                    "definitions:write",
                    "platform",
                    Outcome.DENIED,
                    null,
                    AuditDetail.of(Map.of("code", "forbidden")))));
  }

  @Test
  void provesAndListsWhileAServerRuns() {
    Map<String, String> settings = settings("proved");
    try (StoreProvider.OpenStore store = open(settings)) {
      TenantId acme = create(store, "acme", Optional.empty());
      create(store, "other", Optional.empty());
      deny(store, TenantId.PLATFORM, "mallory");
      deny(store, TenantId.PLATFORM, "line\nbreak");

      Tenet verify = Tenet.run(settings, "", "audit", "verify");
      assertThat(verify.err()).isEmpty();
      assertThat(verify.status()).isZero();
      assertThat(verify.outLines()).containsExactly("3 chains are proved, with 4 records.");
      assertThat(Tenet.run(settings, "", "audit", "verify", "--tenant", acme.toString()).out())
          .isEqualToIgnoringNewLines("1 chain is proved, with 1 record.");
      Tenet heads = Tenet.run(settings, "", "audit", "verify", "--tenant", "platform", "--heads");
      assertThat(heads.outLines())
          .satisfiesExactly(
              line -> assertThat(line).matches("TENANT +DATABASE +RECORDS +HASH OF THE LAST"),
              line -> assertThat(line).matches("platform +main +2 +[0-9a-f]{64}"),
              line -> assertThat(line).isEqualTo("1 chain is proved, with 2 records."));

      Tenet list = Tenet.run(settings, "", "audit", "list", "--tenant", acme.toString());
      assertThat(list.status()).isZero();
      assertThat(list.outLines())
          .satisfiesExactly(
              line ->
                  assertThat(line).matches("RECORD +AT +ACTOR +ACTION +OUTCOME +RESOURCE +REQUEST"),
              line ->
                  assertThat(line)
                      .matches(
                          " +1 +\\S+Z +alice +tenant_created +accepted +tenant/%s +request 1"
                              .formatted(acme)));
      Tenet denied =
          Tenet.run(settings, "", "audit", "list", "--outcome", "denied", "--limit", "1");
      assertThat(denied.outLines()).hasSize(2).last().asString().contains(" line\\u000abreak ");
      assertThat(
              Tenet.run(
                      settings,
                      "",
                      "audit",
                      "list",
                      "--actor",
                      "mallory",
                      "--since",
                      "2027-01-01T00:00:00Z")
                  .outLines())
          .hasSize(1);
    }
  }

  @Test
  void namesTheFirstBrokenLink() throws SQLException {
    Map<String, String> settings = settings("broken");
    try (StoreProvider.OpenStore store = open(settings)) {
      TenantId acme = create(store, "acme", Optional.empty());
      TenantId other = create(store, "other", Optional.empty());
      for (int i = 0; i < 5; i++) {
        deny(store, acme, "mallory " + i);
      }
      execute(
          "broken",
          "UPDATE audit_log SET actor = 'nobody' WHERE sequence IN (3, 5) AND tenant_id = '%s'"
              .formatted(acme));

      Tenet verify = Tenet.run(settings, "", "audit", "verify");
      assertThat(verify.status()).isEqualTo(1);
      assertThat(verify.errLines()).containsExactly("tenet: 1 of 2 chains are broken.");
      assertThat(verify.outLines())
          .containsExactly(
              "The chain of the tenant %s in the database main is broken at record 3. It was altered: its hash is not that of what it says."
                  .formatted(acme));
      Tenet one = Tenet.run(settings, "", "audit", "verify", "--tenant", acme.toString());
      assertThat(one.status()).isEqualTo(1);
      assertThat(one.errLines()).containsExactly("tenet: 1 of 1 chain is broken.");
      assertThat(Tenet.run(settings, "", "audit", "verify", "--tenant", other.toString()).status())
          .isZero();
    }
  }

  @Test
  void verifiesAllDatabases() throws SQLException {
    Map<String, String> two =
        Map.of(
            "DATABASE_URL", url("main"), "DATABASE_URL_EU", url("eu"), "DATABASE_POOL_SIZE", "4");
    try (StoreProvider.OpenStore store = open(two)) {
      create(store, "acme", Optional.of("main"));
      TenantId other = create(store, "other", Optional.of("eu"));
      assertThat(Tenet.run(two, "", "audit", "verify").outLines())
          .containsExactly("2 chains are proved, with 2 records.");
      assertThat(Tenet.run(two, "", "audit", "list", "--tenant", other.toString()).outLines())
          .hasSize(2);
      execute("eu", "DELETE FROM audit_log");
      assertThat(Tenet.run(two, "", "audit", "verify").outLines())
          .singleElement()
          .asString()
          .startsWith(
              "The chain of the tenant %s in the database eu is broken at record 1."
                  .formatted(other));
    }
  }

  @Test
  void worksOnTheEmbeddedDatabaseOfAServerThatHasEnded(@TempDir Path folder) {
    String data = folder.resolve("data").toString();
    try (StoreProvider.OpenStore store =
        new PostgresStoreProvider()
            .open(new StoreProvider.Settings(Path.of(data), Map.of("DATABASE_POOL_SIZE", "4")))) {
      create(store, "acme", Optional.empty());
      Tenet running = Tenet.run("audit", "verify", "--data-dir", data);
      assertThat(running.status()).isEqualTo(2);
      assertThat(running.errLines()).hasSize(1);
    }
    Tenet verify = Tenet.run("audit", "verify", "--data-dir", data);
    assertThat(verify.err()).isEmpty();
    assertThat(verify.outLines()).containsExactly("1 chain is proved, with 1 record.");
  }

  @Test
  void whatCannotBeDoneIsOneLine(@TempDir Path folder) {
    Map<String, String> settings = settings("proved");
    open(settings).close();
    assertOneLine(
        "There is no tenant %s, and nothing is recorded of one: tenet tenants list shows all."
            .formatted(NOBODY),
        settings,
        "verify",
        "--tenant",
        NOBODY);
    assertOneLine(
        "\"acme\" is no id of a tenant, and not \"platform\": tenet tenants list shows all tenants.",
        settings,
        "verify",
        "--tenant",
        "acme");
    assertOneLine(
        "--since must be a moment such as 2026-01-31T08:30:00Z, not \"yesterday\".",
        settings,
        "list",
        "--since",
        "yesterday");
    assertOneLine(
        "--since must not be after --until.",
        settings,
        "list",
        "--since",
        "2026-02-01T00:00:00Z",
        "--until",
        "2026-01-31T00:00:00Z");
    assertOneLine(
        "--outcome must be accepted or denied, not \"x\".", settings, "list", "--outcome", "x");
    assertOneLine("--limit must be 1 or more, not 0.", settings, "list", "--limit", "0");
    Tenet none = Tenet.run("audit", "verify", "--data-dir", folder.resolve("none").toString());
    assertThat(none.status()).isEqualTo(2);
    assertThat(none.errLines())
        .singleElement()
        .asString()
        .startsWith("tenet: There is no database in ");
    Tenet which = Tenet.run("audit");
    assertThat(which.status()).isEqualTo(2);
    assertThat(which.err()).contains("list, verify");
  }

  private static void assertOneLine(String line, Map<String, String> settings, String... command) {
    String[] arguments = new String[command.length + 1];
    arguments[0] = "audit";
    System.arraycopy(command, 0, arguments, 1, command.length);
    Tenet run = Tenet.run(settings, "", arguments);
    assertThat(run.errLines()).containsExactly("tenet: " + line);
    assertThat(run.status()).isEqualTo(2);
  }
}
