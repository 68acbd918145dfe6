package dev.tenet.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.inmemory.InMemoryTenantStore;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that mean harm; what they do to credentials is in [IdentityContract], what to other tenants in [AccessTest].
final class HostileClientTest {

  private static final int MANY = 10_000;
  private static final int CLIENTS = 8;

  /// A server that remembered each tenant asked for would have a series, or more, for each.
  private static final int FEW_SERIES = 1_000;

  private final TestServer server = TestServer.start(new InMemoryTenantStore());
  private final Client client = new Client(server.uri());

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void tenThousandTenantsThatDoNotExistLeaveNothingBehind() {
    IntStream.range(0, CLIENTS)
        .parallel()
        .forEach(
            number -> {
              for (int i = number; i < MANY; i += CLIENTS) {
                String tenant = new UUID(7, i).toString();
                if (i % 2 == 0) {
                  client.get("/api/v1/tenants/" + tenant + "/rules").expect(404);
                } else {
                  client
                      .send(
                          "POST",
                          "/api/v1/evaluate",
                          "{\"facts\": {}}",
                          Map.of("X-Tenant-ID", tenant))
                      .expect(404);
                }
              }
            });
    assertThat(server.component().ruleSets().size()).isZero();
    String metrics = client.get("/metrics").expect(200).text();
    assertThat(metrics.lines().filter(line -> line.contains("tenant_id")).count())
        .isLessThan(FEW_SERIES);
    assertThat(metrics).doesNotContain(new UUID(7, 4).toString());
  }

  @Test
  void aTenantThatIsNoIdIsNeverRepeatedUnquoted() {
    for (String tenant :
        List.of("../../etc/passwd", "a b", "%0d%0aSet-Cookie:x", "<script>", "x".repeat(256))) {
      Reply refused =
          client.send("POST", "/api/v1/evaluate", "{\"facts\": {}}", Map.of("X-Tenant-ID", tenant));
      refused.problem(400, "tenant_invalid_id");
      assertThat(refused.headers().map()).doesNotContainKey("set-cookie");
    }
  }

  @Test
  void tokensCannotBeEarned() {
    String tenant = client.post("/api/v1/tenants", "{\"name\": \"t\"}").expect(201).text("id");
    String path = "/api/v1/tenants/" + tenant;
    client.post(path + "/schema", "{\"definition\": {\"a\": {\"b\": \"int\"}}}").expect(201);
    client.post(path + "/rules", "{\"name\": \"r\", \"expression\": \"a.b > 1\"}").expect(201);
    client.put("/api/v1/admin/tenants/" + tenant + "/quota", "{\"tokensPerMonth\": 2}").expect(200);
    for (String count : List.of("-1", "-9223372036854775808", "9223372036854775808", "0x10", "")) {
      Reply reply =
          client.send(
              "POST", path + "/evaluate", "{\"facts\": {}}", Map.of("X-Token-Count", count));
      assertThat(reply.status()).isEqualTo(400);
    }
    client.post(path + "/evaluate", "{\"facts\": {}}").expect(200);
    client.post(path + "/evaluate", "{\"facts\": {}}").expect(200);
    client.post(path + "/evaluate", "{\"facts\": {}}").problem(429, "tenant_quota_exceeded");
  }

  /// A proxy in between that reads another length sees other requests than the server does.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 2\r\nTransfer-Encoding: chunked",
        "Content-Length: x\r\nTransfer-Encoding: chunked",
        "Content-Length: 2\r\nContent-Length: 3",
        "Content-Length: 2\r\nContent-Length: 2",
        "Content-Length: 2, 2",
        "Content-Length: +2",
        "Content-Length: -2",
        "Content-Length: two",
        "Content-Length: 99999999999999999999",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: Chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
      })
  void noOtherRequestHidesInABodyOfUnclearLength(String headers) throws IOException {
    for (String path : List.of("/api/v1/tenants", "/nowhere")) {
      assertThat(hiding(path, headers, "2\r\n{}\r\n0\r\n\r\n"))
          .startsWith("HTTP/1.1 400 ")
          .contains("http_malformed")
          .containsOnlyOnce("HTTP/1.1");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2\r\n{}XX0\r\n\r\n",
        "2\n{}\n0\n\n",
        "2\r\n{}\n\n0\r\n\r\n",
        "-2\r\n{}\r\n0\r\n\r\n"
      })
  void noOtherRequestHidesInChunksThatAreNone(String chunks) throws IOException {
    assertThat(hiding("/api/v1/tenants", "Transfer-Encoding: chunked", chunks))
        .startsWith("HTTP/1.1 400 ")
        .contains("body_incomplete")
        .containsOnlyOnce("HTTP/1.1");
  }

  /// {@return all that the server answers to a request behind whose body another one stands}
  private String hiding(String path, String headers, String body) throws IOException {
    String host = "Host: localhost\r\n";
    String request =
        "POST " + path + " HTTP/1.1\r\n" + host + "Content-Type: application/json\r\n" + headers;
    String hidden = "GET /health HTTP/1.1\r\n" + host + "\r\n";
    return RawRequest.send(server.uri().getPort(), request + "\r\n\r\n" + body + hidden);
  }
}
