package dev.tenet.bootstrap.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.tenet.artefacts.TestObjectStore;
import dev.tenet.bootstrap.config.Configuration;
import dev.tenet.bootstrap.config.ConfigurationReader;
import dev.tenet.bootstrap.config.InvalidConfiguration;
import dev.tenet.bootstrap.config.Setting;
import dev.tenet.bootstrap.http.Client;
import dev.tenet.domain.hash.Sha256;
import dev.tenet.postgres.PostgresStoreProvider;
import dev.tenet.spi.StoreProvider;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Servers that keep the code of plugins outside of their database, from its publication over a restart to its end.
@Timeout(180)
final class ArtefactPlacesTest {

  private static final Path EXAMPLE = Path.of("..", "examples", "plugin-rust");
  private static final String SCHEMA = "{\"definition\":{\"Order\":{\"Country\":\"string\"}}}";
  private static final String FACTS = "{\"facts\":{\"Order\":{\"Country\":\"NL\"}}}";

  @TempDir private Path folder = Path.of("");

  private Configuration configuration(
      String store, Map<Setting, String> artefacts, Map<String, String> environment)
      throws InvalidConfiguration {
    Map<Setting, String> settings = new HashMap<>(artefacts);
    settings.put(Setting.PORT, "0");
    settings.put(Setting.STORE, store);
    settings.put(Setting.DATA_DIR, folder.resolve("data").toString());
    return ConfigurationReader.read(settings, environment);
  }

  private static Map<Setting, String> bucket(TestObjectStore objects, String name) {
    return Map.of(
        Setting.ARTEFACTS,
        "s3",
        Setting.ARTEFACTS_ENDPOINT,
        objects.endpoint().toString(),
        Setting.ARTEFACTS_BUCKET,
        name);
  }

  private static Map<String, String> keys(String secret) {
    return Map.of("AWS_ACCESS_KEY_ID", TestObjectStore.ACCESS_KEY, "AWS_SECRET_ACCESS_KEY", secret);
  }

  private static Client client(TenetServer server) {
    return new Client(URI.create(server.url()));
  }

  private static byte[] code() throws IOException {
    return Files.readAllBytes(EXAMPLE.resolve("pricing.wasm"));
  }

  private static void publish(Client client) throws IOException {
    String manifest =
        Files.readString(EXAMPLE.resolve("plugin.json"))
            .replaceAll("\"timeout_ms\": *\\d+", "\"timeout_ms\": 10000");
    client
        .post(
            "/api/v1/plugins",
            Map.of("manifest", manifest, "artefact", Base64.getEncoder().encodeToString(code())))
        .expect(201);
  }

  /// {@return a tenant with a rule that calls the plugin}
  private static String tenant(Client client) {
    String tenant =
        "/api/v1/tenants/"
            + client.post("/api/v1/tenants", "{\"name\":\"acme\"}").expect(201).text("id");
    client.post(tenant + "/schema", SCHEMA).expect(201);
    client.put(tenant.replace("/v1/", "/v1/admin/") + "/plugins/pricing", "{}").expect(200);
    client
        .post(
            tenant + "/rules",
            Map.of("name", "taxed", "expression", "plugin.pricing.tax.rate(Order.Country) > 0.2"))
        .expect(201);
    return tenant;
  }

  private static void requireDecision(Client client, String tenant) {
    assertThat(client.post(tenant + "/evaluate", FACTS).expect(200).at("results.0.matched"))
        .isEqualTo(true);
  }

  private void requireAPluginThatOutlivesTheServer(Configuration configuration) throws Exception {
    String tenant;
    try (TenetServer server = TenetServer.start(configuration)) {
      publish(client(server));
      tenant = tenant(client(server));
      requireDecision(client(server), tenant);
    }
    try (TenetServer again = TenetServer.start(configuration)) {
      requireDecision(client(again), tenant);
    }
  }

  private boolean isInTheDatabase(Sha256 artefact) {
    try (StoreProvider.OpenStore store =
        new PostgresStoreProvider()
            .open(new StoreProvider.Settings(folder.resolve("data"), Map.of()))) {
      return store.artefacts().orElseThrow().find(artefact).isPresent();
    }
  }

  @Test
  void codeInADirectory() throws Exception {
    Path directory = folder.resolve("code");
    requireAPluginThatOutlivesTheServer(
        configuration(
            "postgres",
            Map.of(
                Setting.ARTEFACTS, "directory", Setting.ARTEFACTS_DIRECTORY, directory.toString()),
            Map.of()));
    Sha256 artefact = Sha256.of(code());
    assertThat(directory.resolve(artefact.hex())).hasBinaryContent(code());
    assertThat(isInTheDatabase(artefact)).isFalse();
  }

  @Test
  void codeInAnObjectStore() throws Exception {
    try (TestObjectStore objects = TestObjectStore.start()) {
      requireAPluginThatOutlivesTheServer(
          configuration(
              "postgres",
              bucket(objects, TestObjectStore.BUCKET),
              keys(TestObjectStore.SECRET_KEY)));
      Sha256 artefact = Sha256.of(code());
      assertThat(objects.names()).containsExactly("artefacts/" + artefact.hex());
      assertThat(isInTheDatabase(artefact)).isFalse();
    }
  }

  @Test
  void whatIsInTheDatabaseIsFoundAfterAnotherPlaceWasChosen() throws Exception {
    Path directory = folder.resolve("code");
    String tenant;
    try (TenetServer server = TenetServer.start(configuration("postgres", Map.of(), Map.of()))) {
      publish(client(server));
      tenant = tenant(client(server));
    }
    try (TenetServer moved =
        TenetServer.start(
            configuration(
                "postgres",
                Map.of(
                    Setting.ARTEFACTS,
                    "directory",
                    Setting.ARTEFACTS_DIRECTORY,
                    directory.toString()),
                Map.of()))) {
      requireDecision(client(moved), tenant);
      client(moved)
          .put(
              tenant + "/scripts/half",
              Map.of(
                  "source",
                  "export function of({n}) { return n / 2 }",
                  "functions",
                  Map.of("of", Map.of("input", Map.of("n", "float64"), "output", "float64"))))
          .expect(200);
    }
    assertThat(directory).isDirectoryContaining(file -> Files.isRegularFile(file));
    assertThat(isInTheDatabase(Sha256.of(code()))).isTrue();
  }

  @Test
  void damagedCodeNeverRuns() throws Exception {
    Path directory = folder.resolve("code");
    Configuration configuration =
        configuration(
            "postgres",
            Map.of(
                Setting.ARTEFACTS, "directory", Setting.ARTEFACTS_DIRECTORY, directory.toString()),
            Map.of());
    String tenant;
    try (TenetServer server = TenetServer.start(configuration)) {
      publish(client(server));
      tenant = tenant(client(server));
    }
    byte[] damaged = code();
    damaged[damaged.length - 1] ^= 1;
    Files.write(directory.resolve(Sha256.of(code()).hex()), damaged);
    try (TenetServer again = TenetServer.start(configuration)) {
      assertThat(
              client(again).post(tenant + "/evaluate", FACTS).expect(200).at("results.0.errorCode"))
          .isEqualTo("plugin_broken");
      client(again)
          .post(
              "/api/v1/plugins",
              Map.of(
                  "manifest",
                  Files.readString(EXAMPLE.resolve("plugin.json")),
                  "artefact",
                  Base64.getEncoder().encodeToString(code())))
          .problem(409, "plugin_version_taken");
      requireDecision(client(again), tenant);
    }
  }

  @Test
  void aPlaceThatCannotBeUsedIsNamedAtTheStart() throws Exception {
    Path file = Files.write(folder.resolve("file"), "text".getBytes(UTF_8));
    requireStartFailure(
        configuration(
            "inmemory",
            Map.of(Setting.ARTEFACTS, "directory", Setting.ARTEFACTS_DIRECTORY, file.toString()),
            Map.of()),
        "The code of plugins: the directory %s: it is no directory".formatted(file));
    try (TestObjectStore objects = TestObjectStore.start()) {
      requireStartFailure(
          configuration("inmemory", bucket(objects, "nowhere"), keys(TestObjectStore.SECRET_KEY)),
          "The code of plugins: the bucket \"nowhere\" at %s: there is no such bucket; create it first."
              .formatted(objects.endpoint()));
      requireStartFailure(
          configuration("inmemory", bucket(objects, TestObjectStore.BUCKET), keys("Wr0ng")),
          "The code of plugins: the bucket \"%s\" at %s: the access key \"%s\" is refused; give the right keys, and let them list, read, write and delete there."
              .formatted(TestObjectStore.BUCKET, objects.endpoint(), TestObjectStore.ACCESS_KEY));
    }
  }

  private static void requireStartFailure(Configuration configuration, String line) {
    assertThatExceptionOfType(StartFailure.class)
        .isThrownBy(() -> TenetServer.start(configuration))
        .satisfies(failure -> assertThat(failure.line()).isEqualTo(line));
  }
}
