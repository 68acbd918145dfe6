package dev.tenet.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.inmemory.InMemoryTenantStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Runs the requests of the README in their order, as they stand there.
final class ReadmeTest {

  private static final Pattern CURL =
      Pattern.compile("curl -X (\\w+) http://localhost:8080(\\S+)[^']*-d '([^']*)'");

  @Test
  void leadsToADecision() throws IOException {
    String readme = Files.readString(Path.of("..", "README.md"));
    List<Reply> replies = new ArrayList<>();
    try (TestServer server = TestServer.start(new InMemoryTenantStore())) {
      var client = new Client(server.uri());
      String tenant = "";
      for (Matcher curl = CURL.matcher(readme); curl.find(); ) {
        Reply reply =
            client.send(
                curl.group(1),
                curl.group(2).replace("{tenantId}", tenant),
                curl.group(3).replace("{tenantId}", tenant),
                Map.of());
        tenant = tenant.isEmpty() ? reply.text("id") : tenant;
        replies.add(reply);
      }
    }
    assertThat(replies).extracting(Reply::status).containsExactly(201, 201, 201, 200);
    assertThat(replies.getLast().text("results.0.ruleName")).isEqualTo("Adult Check");
    assertThat(replies.getLast().at("results.0.matched")).isEqualTo(true);
  }
}
