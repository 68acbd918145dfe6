package dev.tenet.bootstrap.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.bootstrap.config.ConfigurationReader;
import dev.tenet.bootstrap.config.Setting;
import dev.tenet.bootstrap.http.Client;
import dev.tenet.bootstrap.http.Reply;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How a server ends behind a load balancer.
@Timeout(60)
final class ShutdownTest {

  @TempDir private Path folder = Path.of("");

  @Test
  void saysThatItIsNotReadyBeforeItTakesNoMoreRequests() throws Exception {
    Path file = Files.writeString(folder.resolve("tenet.yaml"), "shutdownDelay: 3s\n");
    TenetServer server =
        TenetServer.start(
            ConfigurationReader.read(
                Map.of(
                    Setting.STORE, "inmemory",
                    Setting.PORT, "0",
                    Setting.ACCESS_LOG, "off",
                    Setting.CONFIG, file.toString()),
                Map.of()));
    var client = new Client(URI.create(server.url()));
    client.get("/observe/health/ready").expect(200);
    Thread closing = Thread.ofVirtual().start(server::close);
    Reply ready = client.get("/observe/health/ready");
    while (ready.status() == 200) {
      ready = client.get("/observe/health/ready");
    }
    assertThat(ready.expect(503).text("status")).isEqualTo("stopping");
    client.post("/api/v1/tenants", Map.of("name", "late")).expect(201);
    closing.join();
  }
}
