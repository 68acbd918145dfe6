package dev.tenet.bootstrap.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.bootstrap.http.Client;
import dev.tenet.http.json.StrictJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The log of a server in a process of its own.
@Timeout(120)
final class LogOfAProcessTest {

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  @TempDir private Path folder = Path.of("");

  private List<String> log(Map<String, String> environment, Talk talk, String... options) {
    List<String> arguments =
        new ArrayList<>(List.of("serve", "--store", "inmemory", "--port", "0"));
    arguments.addAll(List.of(options));
    try (ServerProcess process =
        ServerProcess.start(folder.resolve("err"), environment, arguments.toArray(String[]::new))) {
      talk.with(new Client(process.awaitReady()));
      process.stop();
      return process.errors();
    }
  }

  private interface Talk {
    void with(Client client);
  }

  private static Map<?, ?> json(String line) {
    try {
      return StrictJson.parse(line.getBytes(UTF_8)) instanceof Map<?, ?> map ? map : Map.of();
    } catch (StrictJson.Malformed e) {
      throw new AssertionError(line, e);
    }
  }

  @Test
  void inJsonEachLineIsAnObject() {
    List<String> lines =
        log(
            Map.of("TENET_LOG_FORMAT", "json"),
            client -> {
              String id = client.post("/api/v1/tenants", Map.of("name", "acme")).text("id");
              client.send(
                  "GET",
                  "/api/v1/tenants/" + id,
                  null,
                  Map.of("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01"));
              client.get("/api/v1/nothing/%0a%0dforged").expect(404);
            },
            "--access-log",
            "all");
    assertThat(lines).hasSize(3);
    assertThat(lines).allMatch(line -> "access".equals(json(line).get("logger")));
    Map<?, ?> read = json(lines.get(1));
    assertThat(read.get("route")).isEqualTo("/api/v1/tenants/{tenantId}");
    assertThat(read.get("status")).isEqualTo(200L);
    assertThat(read.get("traceId")).isEqualTo(TRACE);
    assertThat(read.get("principal")).isEqualTo("anonymous");
    assertThat(read.get("tenantId")).isInstanceOf(String.class);
    assertThat(read.get("durationMs")).isInstanceOf(Double.class);
    assertThat(read.get("bytes")).isInstanceOf(Long.class);
    assertThat(json(lines.get(2)).get("code")).isEqualTo("path_not_found");
  }

  @Test
  void whatGoesWrongOftenIsSampled() {
    List<String> lines =
        log(
            Map.of("ERROR_SAMPLE_RATE", "20"),
            client -> {
              for (int i = 0; i < 50; i++) {
                client.get("/api/v1/nothing/" + i).expect(404);
              }
              client.get("/api/v1/tenants").expect(200);
            });
    assertThat(lines).hasSize(12);
    assertThat(lines).allMatch(line -> line.contains(" ACCESS GET - 404 path_not_found "));
    assertThat(lines.getLast()).endsWith("(19 like it were left out)");
  }

  @Test
  void theAccessLogCanBeTurnedOnWhileTheServerRuns() {
    List<String> lines =
        log(
            Map.of(),
            client -> {
              client.get("/api/v1/tenants").expect(200);
              client.put("/api/v1/admin/logging", Map.of("accessLog", "all")).expect(200);
              client.get("/api/v1/tenants").expect(200);
            },
            "--access-log",
            "off");
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst()).contains(" ACCESS PUT /api/v1/admin/logging 200 ");
    assertThat(lines.getLast()).contains(" ACCESS GET /api/v1/tenants 200 ");
  }
}
