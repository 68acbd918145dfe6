package dev.tenet.bootstrap.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.bootstrap.http.Client;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A stream of facts that is larger than the server's heap.
final class StreamMemoryTest {

  private static final int LINES = 64_000;
  private static final int SECONDS = 120;
  private static final Duration LONG_ENOUGH_TO_FILL_ALL_BUFFERS = Duration.ofSeconds(2);
  private static final byte[] LINE =
      ("{\"User\": {\"Age\": 20, \"Note\": \"" + "n".repeat(984) + "\"}}\n").getBytes(US_ASCII);

  @TempDir private Path folder;

  @Test
  void waitsForTheClientInsteadOfKeepingWhatIsToCome() throws Exception {
    try (var server =
        ServerProcess.withHeap(
            "48m", folder.resolve("errors"), "serve", "--store", "inmemory", "--port", "0")) {
      URI uri = server.awaitReady();
      String tenant = tenant(new Client(uri));
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), uri.getPort())) {
        var sent = new FutureTask<>(() -> send(tenant, socket.getOutputStream()));
        Thread sending = Thread.ofVirtual().start(sent);
        assertThat(sending.join(LONG_ENOUGH_TO_FILL_ALL_BUFFERS)).isFalse();
        assertThat(decisions(socket)).isEqualTo(LINES);
        assertThat(sent.get(SECONDS, TimeUnit.SECONDS)).isEqualTo(LINES);
      }
      server.stop();
    }
  }

  private static String tenant(Client client) {
    String tenant =
        "/api/v1/tenants/" + client.post("/api/v1/tenants", Map.of("name", "acme")).text("id");
    client
        .post(tenant + "/schema", Map.of("definition", Map.of("User", Map.of("Age", "int"))))
        .expect(201);
    client
        .post(tenant + "/rules", Map.of("name", "adults", "expression", "User.Age >= 18"))
        .expect(201);
    return tenant;
  }

  private static int send(String tenant, OutputStream out) throws IOException {
    out.write(
        """
        POST %s/evaluate:batch HTTP/1.1
        Host: 127.0.0.1
        Connection: close
        Content-Type: application/x-ndjson
        Content-Length: %d

        """
            .formatted(tenant, (long) LINES * LINE.length)
            .replace("\n", "\r\n")
            .getBytes(US_ASCII));
    for (int i = 0; i < LINES; i++) {
      out.write(LINE);
    }
    return LINES;
  }

  /// {@return how many decisions come back}
  private static long decisions(Socket socket) throws IOException {
    try (var answer =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
      return answer.lines().filter(line -> line.contains("\"matched\":true")).count();
    }
  }
}
