package dev.tenet.bootstrap.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.bootstrap.http.Client;
import dev.tenet.bootstrap.http.RawRequest;
import dev.tenet.bootstrap.http.Reply;
import dev.tenet.domain.identity.KeySecret;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whom a server process lets in, and what it shows and keeps of keys.
@Timeout(180)
final class IdentityProcessTest {

  private final List<ServerProcess> started = new ArrayList<>();

  @TempDir private Path folder = Path.of("");

  @AfterEach
  void end() {
    started.forEach(ServerProcess::close);
  }

  private ServerProcess start(Map<String, String> environment, String... arguments) {
    ServerProcess process = ServerProcess.start(folder.resolve("err"), environment, arguments);
    started.add(process);
    return process;
  }

  /// What a server says when it starts.
  private record Announced(List<String> lines, URI uri) {

    static Announced of(ServerProcess process) throws IOException {
      List<String> lines = new ArrayList<>();
      BufferedReader out = process.out();
      String line;
      do {
        line = out.readLine();
        if (line == null) {
          throw new AssertionError("The server ended: " + process.errors());
        }
        lines.add(line);
      } while (!line.startsWith("Health "));
      while (out.ready()) {
        lines.add(out.readLine());
      }
      return new Announced(
          lines,
          URI.create(
                  lines.getLast().startsWith("Health ")
                      ? last(lines.getLast())
                      : last(lines.get(3)))
              .resolve("/"));
    }

    private static String last(String line) {
      return line.substring(line.lastIndexOf(' ') + 1);
    }

    List<KeySecret> keys() {
      return lines.stream()
          .filter(line -> line.startsWith("Key "))
          .map(line -> KeySecret.parse(last(line)).orElseThrow())
          .toList();
    }
  }

  private static Reply send(
      Announced server, String key, String method, String path, @Nullable String body) {
    return new Client(server.uri()).send(method, path, body, Map.of("X-API-Key", key));
  }

  @Test
  void theFirstKeyIsShownOnceAndNoKeyIsKept() throws IOException {
    String data = folder.resolve("data").toString();
    String[] serve = {"serve", "--port", "0", "--auth", "on", "--data-dir", data};
    ServerProcess first = start(Map.of(), serve);
    Announced server = Announced.of(first);
    assertThat(server.keys()).hasSize(1);
    String key = server.keys().getFirst().reveal();
    new Client(server.uri()).get("/api/v1/tenants").problem(401, "credentials_required");
    send(server, key, "GET", "/api/v1/tenants", null).expect(200);
    String issued =
        send(
                server,
                key,
                "POST",
                "/api/v1/admin/keys",
                "{\"name\": \"second\", \"roles\": [\"platform-admin\"]}")
            .expect(201)
            .text("key");
    String wrong = issued.substring(0, issued.length() - 8) + "01234567";
    send(server, wrong, "GET", "/api/v1/tenants", null).problem(401, "credentials_invalid");
    first.stop();

    ServerProcess second = start(Map.of(), serve);
    Announced again = Announced.of(second);
    assertThat(again.keys()).isEmpty();
    assertThat(String.join("\n", again.lines())).doesNotContain("tnt_");
    send(again, key, "GET", "/api/v1/tenants", null).expect(200);
    send(again, issued, "GET", "/api/v1/tenants", null).expect(200);
    second.stop();

    for (String secret : List.of(key, issued, wrong)) {
      String random = secret.substring(secret.lastIndexOf('_') + 1);
      assertThat(filesWith(random)).as("files that have the key").isEmpty();
    }
    assertThat(filesWith(server.keys().getFirst().prefix()))
        .as("files that have the prefix: the search finds what is there")
        .isNotEmpty();
  }

  /// The files under the folder, the log and the database's own among them, that have a text in them.
  private List<Path> filesWith(String text) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).filter(file -> has(file, text)).toList();
    }
  }

  private static boolean has(Path file, String text) {
    try {
      return new String(Files.readAllBytes(file), US_ASCII).contains(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The browser of somebody on this machine, on a page whose name points to 127.0.0.1.
  @Test
  void aPageOfAStrangerIsNotServed() throws IOException {
    Announced server = Announced.of(start(Map.of(), "serve", "--store", "inmemory", "--port", "0"));
    assertThat(get(server, "/api/v1/tenants", "attacker.example"))
        .startsWith("HTTP/1.1 403 ")
        .contains("\"code\":\"host_not_local\"");
    assertThat(get(server, "/api/v1/tenants", "localhost")).startsWith("HTTP/1.1 200 ");
    assertThat(get(server, "/api/v1/health", "probe.example")).startsWith("HTTP/1.1 200 ");
    Announced proxied =
        Announced.of(start(Map.of(), "serve", "--store", "inmemory", "--port", "0", "--insecure"));
    assertThat(get(proxied, "/api/v1/tenants", "rules.example")).startsWith("HTTP/1.1 200 ");
  }

  private static String get(Announced server, String path, String host) throws IOException {
    return RawRequest.send(
        server.uri().getPort(),
        "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(path, host));
  }

  @Test
  void nobodyIsServedFromElsewhereUnlessThatIsSaid() throws IOException {
    String[] everywhere = {"serve", "--store", "inmemory", "--port", "0", "--host", "0.0.0.0"};
    for (Map<String, String> environment :
        List.of(Map.<String, String>of(), Map.of("TENET_AUTH", "off"))) {
      ServerProcess refused = start(environment, everywhere);
      assertThat(refused.status()).hasValue(2);
      assertThat(refused.errors().getLast())
          .isEqualTo(
              "tenet: Everybody who reaches 0.0.0.0 could do everything: turn authentication on with --auth=on, or listen on 127.0.0.1; to serve everybody, say --insecure.");
    }
    ServerProcess insecure = start(Map.of("TENET_INSECURE", "on"), everywhere);
    Announced open = Announced.of(insecure);
    assertThat(String.join("\n", open.lines()))
        .contains("Warning  everybody who reaches this server may do everything: --auth is off");
    ServerProcess asking = start(Map.of("TENET_AUTH", "on"), everywhere);
    Announced closed = Announced.of(asking);
    assertThat(closed.keys()).hasSize(1);
    assertThat(String.join("\n", closed.lines())).doesNotContain("may do everything: --auth");
  }
}
