package dev.tenet.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.postgres.PostgresOperation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class MigrateCommandTest {

  private static final String UNREACHABLE = "postgresql://user:geheim@127.0.0.1:1/db";

  @Test
  void migratesTheEmbeddedDatabaseAndShowsWhatItHas(@TempDir Path folder) {
    String data = folder.resolve("data").toString();

    Tenet first = Tenet.run("migrate", "up", "--data-dir", data);
    assertThat(first.outLines())
        .singleElement()
        .asString()
        .matches(
            "The database postgresql://127\\.0\\.0\\.1:\\d+/tenet was migrated from version 0 to version \\d+\\.");
    assertThat(first.status()).isZero();

    Tenet second = Tenet.run("migrate", "up", "--data-dir", data);
    assertThat(second.outLines())
        .singleElement()
        .asString()
        .matches("The database \\S+ is at version \\d+ already\\.");

    Tenet citus = Tenet.run("migrate", "citus", "--data-dir", data);
    assertThat(citus.status()).isEqualTo(1);
    assertThat(citus.errLines())
        .containsExactly(
            "tenet: This PostgreSQL has no extension citus: use one that Citus is installed on.");

    Tenet info = Tenet.run(Map.of("TENET_DATA_DIR", data), "", "migrate", "info");
    assertThat(info.status()).isZero();
    List<String> lines = info.outLines();
    assertThat(lines.subList(0, 4))
        .satisfiesExactly(
            line -> assertThat(line).startsWith("Database  postgresql://127.0.0.1:"),
            line ->
                assertThat(line)
                    .matches(
                        "Version   (\\d+); this Tenet works with version \\1: nothing is to do\\."),
            line -> assertThat(line).isEmpty(),
            line -> assertThat(line).matches("VERSION +DESCRIPTION +STATE +APPLIED"));
    assertThat(lines.get(4)).matches(" +1 +tenants +applied +\\d{4}-\\d\\d-\\d\\d [\\d:]{8}");
    assertThat(lines.subList(4, lines.size()))
        .hasSize(PostgresOperation.newest())
        .allMatch(line -> line.matches(" +\\d+ +[a-z ]+ +applied +\\d{4}-\\d\\d-\\d\\d [\\d:]{8}"));
  }

  @Test
  void aServerThatMustNotMigrateRefusesToStart(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("tenet.yaml"), "migrate: off\ndataDir: data\n");

    Tenet serve = Tenet.run("serve", "--port", "0", "--config", file.toString());

    assertThat(serve.status()).isEqualTo(2);
    assertThat(serve.out()).isEmpty();
    assertThat(serve.errLines())
        .singleElement()
        .asString()
        .matches(
            "tenet: The store \"postgres\": The database is at version 0, and this Tenet works with version \\d+:"
                + " migrate it with tenet migrate up, or let a server do it that is started with --migrate=on\\.");

    Tenet info = Tenet.run("migrate", "info", "--config", file.toString());
    assertThat(info.outLines().get(1))
        .matches(
            "Version   0; this Tenet works with version \\d+: tenet migrate up brings it there\\.");
    assertThat(info.outLines().getLast()).matches(" +\\d+ +.* pending");
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsOneLineWithoutThePassword() {
    for (String command : new String[] {"up", "info"}) {
      Tenet run = Tenet.run(Map.of("DATABASE_URL", UNREACHABLE), "", "migrate", command);
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.errLines())
          .singleElement()
          .asString()
          .startsWith("tenet: The database postgresql://127.0.0.1:1/db does not answer: ")
          .doesNotContain("geheim");
      assertThat(run.out()).isEmpty();
    }
  }

  @Test
  void settingsThatMakeNoSenseAreBadInput(@TempDir Path folder) {
    Tenet address = Tenet.run(Map.of("DATABASE_URL", "geheim"), "", "migrate", "info");
    assertThat(address.status()).isEqualTo(2);
    assertThat(address.errLines())
        .singleElement()
        .asString()
        .startsWith("tenet: DATABASE_URL is not of the form")
        .doesNotContain("geheim");

    Tenet nothing = Tenet.run("migrate", "info", "--data-dir", folder.resolve("none").toString());
    assertThat(nothing.status()).isEqualTo(2);
    assertThat(nothing.errLines())
        .singleElement()
        .asString()
        .startsWith("tenet: There is no database in ");
  }
}
