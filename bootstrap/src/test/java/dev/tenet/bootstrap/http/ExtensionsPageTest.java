package dev.tenet.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.inmemory.InMemoryTenantStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Runs the requests of docs/extensions.md in their order, as they stand there; only with more patience.
final class ExtensionsPageTest {

  private static final Pattern CURL =
      Pattern.compile("curl -X (\\w+) http://localhost:8080(\\S+)[^']*-d '([^']*)'");
  private static final Path EXAMPLE = Path.of("..", "examples", "plugin-rust");

  private final TestServer server = TestServer.start(new InMemoryTenantStore());
  private final Client client = new Client(server.uri());
  private String tenant = "";

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void leadsToADecisionWithAScriptAndOneWithAPlugin() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "extensions.md"));
    int plugins = page.indexOf("## WebAssembly plugins");

    List<Reply> ofScripts = run(page.substring(0, plugins));
    assertThat(ofScripts)
        .extracting(Reply::status)
        .containsExactly(201, 201, 200, 200, 201, 200, 200, 200, 200);
    assertThat(ofScripts.get(2).at("result")).isEqualTo(0.1);
    assertThat(ofScripts.get(5).at("results.0.outputs.price")).isEqualTo(1350.0);
    assertThat(ofScripts.get(6).at("result")).isEqualTo(0.1);
    assertThat(ofScripts.get(8).at("result")).isEqualTo(1350.0);

    push();
    List<Reply> ofPlugins = run(page.substring(plugins));
    assertThat(ofPlugins).extracting(Reply::status).containsExactly(201, 200, 200);
    assertThat(ofPlugins.get(1).each("results", "matched")).isEqualTo(List.of("true", "true"));
    assertThat(ofPlugins.get(2).at("result.gross")).isEqualTo(36.26);
  }

  /// As `./tenet plugins push` does.
  private void push() throws IOException {
    String manifest =
        patient(Files.readString(EXAMPLE.resolve("plugin.json"))).replace("\"", "\\\"");
    String code =
        Base64.getEncoder().encodeToString(Files.readAllBytes(EXAMPLE.resolve("pricing.wasm")));
    client
        .post(
            "/api/v1/plugins",
            "{\"manifest\": \"%s\", \"artefact\": \"%s\"}"
                .formatted(manifest.replace("\n", "\\n"), code))
        .expect(201);
    client
        .put("/api/v1/admin/tenants/" + tenant + "/plugins/pricing", "{\"host\": [\"log\"]}")
        .expect(200);
  }

  private List<Reply> run(String text) {
    List<Reply> replies = new ArrayList<>();
    for (Matcher curl = CURL.matcher(text); curl.find(); ) {
      Reply reply =
          client.send(
              curl.group(1),
              curl.group(2).replace("{tenantId}", tenant),
              patient(curl.group(3)),
              Map.of());
      tenant = tenant.isEmpty() ? reply.text("id") : tenant;
      replies.add(reply);
    }
    return replies;
  }

  /// A busy machine may need more than the usual quarter of a second.
  private static String patient(String text) {
    return text.replace("\"timeout_ms\": 250", "\"timeout_ms\": 10000")
        .replace(
            "\"loyal\": \"bool\"}, \"output\"",
            "\"loyal\": \"bool\"}, \"timeout_ms\": 10000, \"output\"");
  }
}
