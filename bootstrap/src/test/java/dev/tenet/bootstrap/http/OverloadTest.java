package dev.tenet.bootstrap.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.domain.evaluation.Decision;
import dev.tenet.domain.evaluation.Facts;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.inmemory.InMemoryTenantStore;
import dev.tenet.spi.DecisionListener;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A server with too much to do, and clients that keep it waiting.
final class OverloadTest {

  private static final String FACTS = "{\"facts\": {\"User\": {\"Age\": 20}}}";
  private static final int SECONDS = 60;

  /// Stops each decision until it may go on.
  private static final class Gate implements DecisionListener {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    @Override
    public String name() {
      return "gate";
    }

    @Override
    public void decided(TenantId tenant, Facts facts, Decision decision) {
      reached.countDown();
      await(open);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(SECONDS, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static TestServer server(
      int evaluations, Duration requestTimeout, DecisionListener... listeners) {
    return TestServer.start(
        new InMemoryTenantStore(),
        Optional.empty(),
        evaluations,
        requestTimeout,
        List.of(listeners));
  }

  private static String tenant(Client client, int rules) {
    String tenant =
        "/api/v1/tenants/" + client.post("/api/v1/tenants", Map.of("name", "acme")).text("id");
    client
        .post(tenant + "/schema", Map.of("definition", Map.of("User", Map.of("Age", "int"))))
        .expect(201);
    for (int i = 0; i < rules; i++) {
      client
          .post(
              tenant + "/rules",
              Map.of("name", "%d ".formatted(i) + "n".repeat(200), "expression", "User.Age > 18"))
          .expect(201);
    }
    return tenant;
  }

  @Test
  void whatIsTooMuchIsRefusedAtOnceAndWhatWasLetInIsFinished() throws Exception {
    var gate = new Gate();
    try (TestServer server = server(1, Duration.ofSeconds(SECONDS), gate)) {
      var client = new Client(server.uri());
      String tenant = tenant(client, 1);
      var first = new FutureTask<>(() -> client.post(tenant + "/evaluate", FACTS));
      Thread.ofVirtual().start(first);
      await(gate.reached);
      for (String path : List.of("/evaluate", "/evaluate:batch")) {
        Reply refused = client.post(tenant + path, "this is not even read").expect(503);
        assertThat(refused.text("code")).isEqualTo("overloaded");
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
      }
      client
          .send(
              "POST",
              tenant + "/evaluate:batch",
              "{}",
              Map.of("Content-Type", "application/x-ndjson"))
          .expect(503);
      client.get(tenant + "/rules").expect(200);
      gate.open.countDown();
      assertThat(first.get(SECONDS, TimeUnit.SECONDS).status()).isEqualTo(200);
      client.post(tenant + "/evaluate", FACTS).expect(200);
    }
  }

  @Test
  void aClientThatDoesNotReadItsAnswerIsCutOff() throws Exception {
    try (TestServer server = server(10, Duration.ofMillis(100))) {
      var client = new Client(server.uri());
      String tenant = tenant(client, 50);
      String lines = "{\"Age\": 20}\n".repeat(3_000);
      try (Socket slow = new Socket()) {
        slow.setReceiveBufferSize(4096);
        slow.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), server.uri().getPort()));
        OutputStream out = slow.getOutputStream();
        out.write(
            ("POST "
                    + tenant
                    + "/evaluate:batch HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-ndjson\r\nContent-Length: 1000000\r\n\r\n"
                    + lines)
                .getBytes(US_ASCII));
        assertCutOff(client, out);
      }
    }
  }

  @Test
  void aClientThatDribblesHeadersIsCutOff() throws Exception {
    try (TestServer server = server(10, Duration.ofMillis(100));
        Socket slow = new Socket(InetAddress.getLoopbackAddress(), server.uri().getPort())) {
      OutputStream out = slow.getOutputStream();
      out.write("GET /health HTTP/1.1\r\nHost: a\r\nX-Long: ".getBytes(US_ASCII));
      assertCutOff(new Client(server.uri()), out);
    }
  }

  @Test
  void aConnectionWithoutARequestIsClosed() throws Exception {
    try (TestServer server = server(10, Duration.ofMillis(100));
        Socket silent = new Socket(InetAddress.getLoopbackAddress(), server.uri().getPort());
        Socket served = new Socket(InetAddress.getLoopbackAddress(), server.uri().getPort())) {
      served.getOutputStream().write("GET /health HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(US_ASCII));
      for (Socket socket : List.of(silent, served)) {
        socket.setSoTimeout((int) Duration.ofSeconds(SECONDS).toMillis());
      }
      assertThat(silent.getInputStream().readAllBytes()).isEmpty();
      assertThat(new String(served.getInputStream().readAllBytes(), US_ASCII))
          .startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void aClientThatDribblesWithinAChunkIsCutOff() throws Exception {
    try (TestServer server = server(10, Duration.ofMillis(100))) {
      var client = new Client(server.uri());
      String tenant = tenant(client, 1);
      try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), server.uri().getPort())) {
        OutputStream out = slow.getOutputStream();
        out.write(
            ("POST "
                    + tenant
                    + "/evaluate HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfffff\r\n")
                .getBytes(US_ASCII));
        assertCutOff(client, out);
      }
    }
  }

  @Test
  void aChunkThatIsNotToBeKeptInMemoryIsRefused() throws Exception {
    try (TestServer server = server(10, Duration.ofSeconds(SECONDS))) {
      String tenant = tenant(new Client(server.uri()), 1);
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.uri().getPort())) {
        socket
            .getOutputStream()
            .write(
                ("POST "
                        + tenant
                        + "/evaluate HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n100001\r\n{")
                    .getBytes(US_ASCII));
        assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
            .contains("chunk_too_large");
      }
    }
  }

  /// The lines before it are answered, and nothing after it can be: nobody knows where the next request begins.
  @ParameterizedTest
  @ValueSource(ints = {1, 1_000})
  void aChunkThatIsNotToBeKeptInMemoryEndsAStreamOfLines(int sets) throws Exception {
    String lines = "{\"User\":{\"Age\":20}}\n".repeat(sets);
    try (TestServer server = server(10, Duration.ofSeconds(SECONDS))) {
      String tenant = tenant(new Client(server.uri()), 1);
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.uri().getPort())) {
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(SECONDS));
        socket
            .getOutputStream()
            .write(
                ("POST "
                        + tenant
                        + "/evaluate:batch HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-ndjson\r\n"
                        + "Transfer-Encoding: chunked\r\n\r\n"
                        + "%x\r\n%s\r\n".formatted(lines.length(), lines)
                        + "100001\r\n{")
                    .getBytes(US_ASCII));
        String answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
        assertThat(answer).startsWith("HTTP/1.1 200 ").containsOnlyOnce("chunk_too_large");
        String[] decisions = answer.split("\"decisionId\":", -1);
        assertThat(decisions).hasSize(1 + sets);
        assertThat(decisions[sets]).contains("\"code\":\"chunk_too_large\"");
      }
    }
  }

  /// Sends a byte now and then until the connection is gone.
  private static void assertCutOff(Client other, OutputStream out) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    boolean cutOff = false;
    while (!cutOff && System.nanoTime() < end) {
      other.get("/observe/health/live").expect(200);
      try {
        out.write(' ');
      } catch (IOException e) {
        cutOff = true;
      }
    }
    assertThat(cutOff).isTrue();
  }
}
