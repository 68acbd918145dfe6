package dev.tenet.bootstrap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.bootstrap.config.Configuration;
import dev.tenet.bootstrap.config.ConfigurationReader;
import dev.tenet.bootstrap.config.Setting;
import dev.tenet.bootstrap.http.Client;
import dev.tenet.bootstrap.plugin.TestModule;
import dev.tenet.bootstrap.server.TenetServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class PluginsCommandTest {

  private static final String EXAMPLE = "../examples/plugin-rust/";
  private static final String NOBODY = "0197a3c2-0000-7000-8000-00000000dead";

  private static @Nullable TenetServer server;

  @TempDir private static Path folder;

  @BeforeAll
  static void start() throws Exception {
    KeyPair key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    pem("release.pem", "PRIVATE KEY", key.getPrivate());
    pem("release.pub", "PUBLIC KEY", key.getPublic());
    pem(
        "stranger.pem",
        "PRIVATE KEY",
        KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate());
    Path file = folder.resolve("tenet.yaml");
    Files.writeString(file, "plugins:\n  approvedKeys:\n    release: release.pub\n");
    Configuration configuration =
        ConfigurationReader.read(
            Map.of(Setting.PORT, "0", Setting.STORE, "inmemory", Setting.CONFIG, file.toString()),
            Map.of());
    server = TenetServer.start(configuration);
  }

  @AfterAll
  static void stop() {
    Objects.requireNonNull(server).close();
  }

  private static void pem(String file, String title, Key key) throws IOException {
    Files.writeString(
        folder.resolve(file),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(title, Base64.getMimeEncoder().encodeToString(key.getEncoded()), title));
  }

  private static String url() {
    return Objects.requireNonNull(server).url().toString();
  }

  private static Tenet run(String... command) {
    List<String> arguments = new ArrayList<>(List.of("plugins"));
    arguments.addAll(List.of(command));
    arguments.addAll(List.of("--url", url()));
    return Tenet.run(arguments.toArray(String[]::new));
  }

  private static Tenet done(String... command) {
    Tenet run = run(command);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    return run;
  }

  private static String tenant() {
    return new Client(URI.create(url()))
        .post("/api/v1/tenants", "{\"name\": \"acme\"}")
        .expect(201)
        .text("id");
  }

  private String file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content).toString();
  }

  private String manifest(String plugin, String version, String more) throws IOException {
    Path file = folder.resolve(plugin + '-' + version + ".json");
    Files.writeString(
        file,
        "{\"name\": \"%s\", \"version\": \"%s\",%s \"modules\": {\"m\": {\"f\": {\"output\": \"int\", \"timeout_ms\": 10000}}}}"
            .formatted(plugin, version, more));
    return file.toString();
  }

  @Test
  void theExampleIsPushedAndCalled() {
    String tenant = tenant();
    String[] push = {"push", EXAMPLE + "pricing.wasm", "--manifest", EXAMPLE + "plugin.json"};
    List<String> dry = new ArrayList<>(List.of(push));
    dry.addAll(List.of("--dry-run", "--tenant", tenant));
    assertThat(done(dry.toArray(String[]::new)).outLines())
        .singleElement()
        .asString()
        .matches("pricing 1\\.0\\.0 could be published: [0-9a-f]{64}");
    assertThat(done("list", "--tenant", tenant).outLines()).hasSize(1);

    List<String> real = new ArrayList<>(List.of(push));
    real.addAll(List.of("--tenant", tenant, "--host", "log"));
    List<String> lines = done(real.toArray(String[]::new)).outLines();
    assertThat(lines.getFirst()).matches("pricing 1\\.0\\.0 is published: [0-9a-f]{64}");
    assertThat(lines.subList(1, lines.size()))
        .containsExactly(
            "The tenant %s has pricing 1.0.0:".formatted(tenant),
            "  plugin.pricing.tax.rate(string) -> float64",
            "  plugin.pricing.tax.invoice(string, list<object>) -> object");
    assertThat(done("list").out())
        .containsPattern("(?m)^pricing +1\\.0\\.0 +\\S+Z +\\d+ +[0-9a-f]{12}$");
    assertThat(done("list", "--tenant", tenant).out())
        .containsPattern("(?m)^pricing +1\\.0\\.0 +plugin\\.pricing\\.tax\\.rate");
    assertThat(
            new Client(URI.create(url()))
                .post(
                    "/api/v1/tenants/" + tenant + "/invoke/pricing.tax.invoice",
                    "{\"payload\": {\"country\": \"DE\", \"items\": [{\"price\": 9.99, \"quantity\": 3}]}}")
                .expect(200)
                .at("result.gross"))
        .isEqualTo(35.66);
    Tenet again = run(push);
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.errLines()).singleElement().asString().contains("is published already");
  }

  @Test
  void versionsAreActivatedRolledBackAndDisabled() throws IOException {
    String tenant = tenant();
    String first = file("first.wasm", TestModule.answering("{\"result\":1}"));
    String second = file("second.wasm", TestModule.answering("{\"result\":2}"));
    done("push", first, "--manifest", manifest("steps", "1.0.0", ""));
    done("push", second, "--manifest", manifest("steps", "1.1.0", ""));
    assertThat(done("versions", "steps").out())
        .containsPattern("(?s)steps +1\\.1\\.0 .*steps +1\\.0\\.0 ");
    done("activate", "steps", "--tenant", tenant, "--version", "1.0.0", "--function", "m.f");
    assertThat(done("activate", "steps", "--tenant", tenant).outLines().getFirst())
        .isEqualTo("The tenant %s has steps 1.1.0:".formatted(tenant));
    assertThat(done("rollback", "steps", "--tenant", tenant).outLines().getFirst())
        .isEqualTo("The tenant %s has steps 1.0.0:".formatted(tenant));
    assertThat(done("disable", "steps", "--tenant", tenant).out())
        .isEqualTo("The tenant %s no longer has steps.\n".formatted(tenant));
    Tenet gone = run("disable", "steps", "--tenant", tenant);
    assertThat(gone.status()).isEqualTo(1);
    assertThat(gone.errLines()).singleElement().asString().contains("404", "plugin");
  }

  @Test
  void whatAVersionBreaksIsTold() throws IOException {
    String tenant = tenant();
    var client = new Client(URI.create(url()));
    client
        .post(
            "/api/v1/tenants/" + tenant + "/schema",
            "{\"definition\": {\"User\": {\"Age\": \"int\"}}}")
        .expect(201);
    String code = file("breaking.wasm", TestModule.answering("{\"result\":1}"));
    done("push", code, "--manifest", manifest("breaking", "1.0.0", ""), "--tenant", tenant);
    client
        .post(
            "/api/v1/tenants/" + tenant + "/rules",
            "{\"name\": \"one\", \"expression\": \"plugin.breaking.m.f() == 1\"}")
        .expect(201);
    Path other = Path.of(manifest("breaking", "2.0.0", ""));
    Files.writeString(other, Files.readString(other).replace("\"int\"", "\"string\""));
    List<String> lines =
        done("push", code, "--manifest", other.toString(), "--tenant", tenant).outLines();
    assertThat(lines.getLast()).startsWith("The rule \"one\" is inactive now: ");
  }

  @Test
  void anInternalPluginIsSigned() throws IOException {
    String code = file("internal.wasm", TestModule.answering("{\"result\":7}"));
    String manifest = manifest("internal", "1.0.0", " \"internal\": true, // for the platform\n");
    assertThat(run("push", code, "--manifest", manifest).errLines())
        .singleElement()
        .asString()
        .contains("403", "tenet plugins push --key FILE");
    assertThat(run("push", code, "--manifest", manifest, "--key", key("stranger.pem")).errLines())
        .singleElement()
        .asString()
        .contains("403", "No key that the operator approves");
    done("push", code, "--manifest", manifest, "--key", key("release.pem"));
    assertThat(
            new Client(URI.create(url()))
                .get("/api/v1/plugins/internal")
                .expect(200)
                .text("releases.0.approvedBy"))
        .isEqualTo("release");
  }

  private static String key(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void badInputIsALineEach() throws IOException {
    String code = file("good.wasm", TestModule.answering("{\"result\":7}"));
    String manifest = manifest("good", "1.0.0", "");
    refused(2, "There is no file nowhere.wasm.", "push", "nowhere.wasm", "--manifest", manifest);
    refused(
        2,
        "%s is no private key by Ed25519 in PEM; openssl genpkey -algorithm ed25519 makes one."
            .formatted(key("release.pub")),
        "push",
        code,
        "--manifest",
        manifest,
        "--key",
        key("release.pub"));
    for (String command : List.of("push " + code + " --manifest " + manifest, "list")) {
      List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
      words.addAll(List.of("--tenant", "a b"));
      refused(2, "--tenant: \"a b\" is no id of a tenant.", words.toArray(String[]::new));
    }
    refused(2, "\"../keys\" is no name of a plugin.", "versions", "../keys");
    assertThat(run("activate", "good", "--tenant", NOBODY).status()).isEqualTo(1);
    Tenet forNobody = run("push", code, "--manifest", manifest, "--tenant", NOBODY);
    assertThat(forNobody.status()).isEqualTo(1);
    assertThat(forNobody.err()).contains("tenant");
    assertThat(run("versions", "good").status()).isEqualTo(1);
    Tenet faulty =
        run("push", code, "--manifest", manifest("script", "1", " \"tag\": 1,"), "--dry-run");
    assertThat(faulty.status()).isEqualTo(1);
    assertThat(faulty.errLines()).hasSize(4);
    assertThat(faulty.err()).contains("\n  tag: ", "\n  name: ", "\n  version: ");
    assertThat(Tenet.run("plugins").status()).isEqualTo(2);
  }

  private static void refused(int status, String line, String... command) {
    Tenet run = run(command);
    assertThat(run.errLines()).containsExactly("tenet: " + line);
    assertThat(run.status()).isEqualTo(status);
  }
}
