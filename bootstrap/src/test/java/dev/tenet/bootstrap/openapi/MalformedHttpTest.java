package dev.tenet.bootstrap.openapi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// What is no HTTP, or hardly any, is answered with a problem or by closing the connection.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
final class MalformedHttpTest {

  private static final String HOST = "Host: 127.0.0.1\r\n";
  private static final String GET = "GET /health HTTP/1.1\r\n" + HOST;
  private static final String POST =
      "POST /api/v1/tenants HTTP/1.1\r\n" + HOST + "Content-Type: application/json\r\n";
  private static final String BODY = "{\"name\": \"acme\"}";

  private OpenApiServer server;
  private OpenApiDocument document;

  @BeforeAll
  void start() {
    server = OpenApiServer.start();
    document = OpenApiDocument.of(server);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private static Map<String, String> requests() {
    Map<String, String> requests = new LinkedHashMap<>();
    requests.put("nothing", "");
    requests.put("empty lines", "\r\n\r\n\r\n");
    requests.put("method only", "GET\r\n\r\n");
    requests.put("no version", "GET /health\r\n" + HOST + "\r\n");
    requests.put("no target", "GET  HTTP/1.1\r\n" + HOST + "\r\n");
    requests.put("four words", "GET /health HTTP/1.1 more\r\n" + HOST + "\r\n");
    requests.put("HTTP/1.0", "GET /health HTTP/1.0\r\n\r\n");
    requests.put("HTTP/2.0", "GET /health HTTP/2.0\r\n" + HOST + "\r\n");
    requests.put("HTTP/9.9", "GET /health HTTP/9.9\r\n" + HOST + "\r\n");
    requests.put("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    requests.put(
        "TLS",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003" + "x".repeat(300));
    requests.put("words", "this is not HTTP at all\r\n\r\n");
    requests.put("line feeds", "GET /health HTTP/1.1\nHost: a\n\n");
    requests.put("nul in the target", "GET /hea\0lth HTTP/1.1\r\n" + HOST + "\r\n");
    requests.put("raw bytes in the target", "GET /h\u00ff\u00fe HTTP/1.1\r\n" + HOST + "\r\n");
    requests.put("no slash", "GET health HTTP/1.1\r\n" + HOST + "\r\n");
    requests.put("asterisk", "OPTIONS * HTTP/1.1\r\n" + HOST + "\r\n");
    requests.put("absolute target", "GET http://elsewhere/health HTTP/1.1\r\n" + HOST + "\r\n");
    requests.put("fragment", "GET /health#a HTTP/1.1\r\n" + HOST + "\r\n");
    requests.put("long path", "GET /" + "a/".repeat(50_000) + " HTTP/1.1\r\n" + HOST + "\r\n");
    requests.put("long method", "G".repeat(100_000) + " /health HTTP/1.1\r\n" + HOST + "\r\n");
    requests.put("endless line", "G".repeat(3_000_000));
    requests.put("no host", "GET /health HTTP/1.1\r\n\r\n");
    requests.put("two hosts", GET + "Host: other\r\n\r\n");
    requests.put("no colon", GET + "nonsense\r\n\r\n");
    requests.put("space before the colon", GET + "Accept : a\r\n\r\n");
    requests.put("no header name", GET + ": a\r\n\r\n");
    requests.put("folded header", GET + "Accept: a\r\n b\r\n\r\n");
    requests.put("raw bytes in a header", GET + "Accept: \u0000\u0001\u00ff\r\n\r\n");
    requests.put("many headers", GET + "X-Flood: 1\r\n".repeat(100_000) + "\r\n");
    requests.put("long header", GET + "X-Flood: " + "1".repeat(2_000_000) + "\r\n\r\n");
    requests.put("negative length", POST + "Content-Length: -1\r\n\r\n" + BODY);
    requests.put("length in words", POST + "Content-Length: ten\r\n\r\n" + BODY);
    requests.put("signed length", POST + "Content-Length: +16\r\n\r\n" + BODY);
    requests.put("giant length", POST + "Content-Length: 99999999999999999999\r\n\r\n" + BODY);
    requests.put("largest length", POST + "Content-Length: 9223372036854775807\r\n\r\n" + BODY);
    requests.put("two lengths", POST + "Content-Length: 16\r\nContent-Length: 5\r\n\r\n" + BODY);
    requests.put("list of lengths", POST + "Content-Length: 16, 5\r\n\r\n" + BODY);
    requests.put("length too large", POST + "Content-Length: 900\r\n\r\n" + BODY);
    requests.put("length too small", POST + "Content-Length: 5\r\n\r\n" + BODY);
    requests.put(
        "length and chunks",
        POST + "Content-Length: 16\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + GET + "\r\n");
    requests.put("unknown encoding", POST + "Transfer-Encoding: nonsense\r\n\r\n" + BODY);
    requests.put("gzip, chunked", POST + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n");
    String chunked = POST + "Transfer-Encoding: chunked\r\n\r\n";
    requests.put("no chunk size", chunked + "\r\n");
    requests.put("chunk size in words", chunked + "zz\r\n" + BODY + "\r\n0\r\n\r\n");
    requests.put("negative chunk size", chunked + "-5\r\n" + BODY + "\r\n0\r\n\r\n");
    requests.put("giant chunk size", chunked + "ffffffffffffffffff\r\n" + BODY);
    requests.put("largest chunk size", chunked + "7fffffff\r\n" + BODY);
    requests.put("chunk without its end", chunked + "10\r\n" + BODY + "0\r\n\r\n");
    requests.put("no last chunk", chunked + "10\r\n" + BODY + "\r\n");
    requests.put(
        "long chunk extension", chunked + "1;" + "a".repeat(1_000_000) + "\r\n[\r\n0\r\n\r\n");
    requests.put("endless trailers", chunked + "0\r\n" + "A: b\r\n".repeat(50_000));
    requests.put("expectation", POST + "Content-Length: 16\r\nExpect: 100-continue\r\n\r\n" + BODY);
    byte[] noise = new byte[20_000];
    new Random(5).nextBytes(noise);
    requests.put("noise", new String(noise, ISO_8859_1));
    var random = new Random(13);
    String good = POST + "Content-Length: 16\r\n\r\n" + BODY;
    for (int i = 0; i < 60; i++) {
      var damaged = new StringBuilder(good);
      damaged.setCharAt(random.nextInt(good.length()), (char) random.nextInt(256));
      requests.put("damaged " + i, damaged.toString());
    }
    return requests;
  }

  @Test
  void answersOrCloses() {
    Set<String> faults = new TreeSet<>();
    requests()
        .forEach(
            (name, request) -> {
              try {
                WireRequest.exchange(server.port(), request.getBytes(ISO_8859_1), 1, true).stream()
                    .map(this::fault)
                    .filter(fault -> !fault.isEmpty())
                    .forEach(fault -> faults.add(name + ": " + fault));
              } catch (AssertionError silent) {
                faults.add(name + ": " + silent.getMessage());
              }
            });
    assertThat(faults).isEmpty();
    assertThat(server.send(WireRequest.of("GET", "/health")).status()).isEqualTo(200);
  }

  private String fault(WireAnswer answer) {
    if (answer.status() < 400) {
      return "";
    }
    if (!answer.mediaType().equals("application/problem+json")) {
      return "no problem: " + answer;
    }
    String faults = document.faults("/components/schemas/Problem", answer.json()).toString();
    if (!faults.equals("[]")) {
      return faults + ": " + answer;
    }
    boolean unsupported = answer.member("code").equals("http_unsupported");
    return answer.status() >= 500 && !unsupported ? "a fault of the server: " + answer : "";
  }

  /// What was not read of a body is never taken for the next request.
  @Test
  void aRefusedBodyIsNotTheNextRequest() {
    String hidden = "DELETE /api/v1/tenants/x HTTP/1.1\r\n" + HOST + "\r\n";
    for (String head :
        new String[] {
          "POST /api/v1/tenants HTTP/1.1\r\n" + HOST + "Content-Type: text/plain\r\n",
          "POST /api/v1/tenants?nonsense=1 HTTP/1.1\r\n"
              + HOST
              + "Content-Type: application/json\r\n",
          "POST /nowhere HTTP/1.1\r\n" + HOST,
          "PATCH /health HTTP/1.1\r\n" + HOST,
          "GET /health HTTP/1.1\r\n" + HOST
        }) {
      String first = head + "Content-Length: " + hidden.length() + "\r\n\r\n" + hidden;
      String second = "GET /openapi HTTP/1.1\r\n" + HOST + "\r\n";
      List<WireAnswer> answers =
          WireRequest.exchange(server.port(), (first + second).getBytes(ISO_8859_1), 2, false);
      if (answers.size() == 2) {
        assertThat(answers.getLast().mediaType()).as(head).isEqualTo("application/yaml");
      }
    }
  }

  @Test
  void closesWhatItSaysItCloses() {
    String refused = POST + "Content-Length: 999999999\r\n\r\n";
    for (String request : List.of(GET + "Connection: close\r\n\r\n", refused)) {
      List<WireAnswer> answers =
          WireRequest.exchange(
              server.port(), (request + GET + "\r\n").getBytes(ISO_8859_1), 2, false);
      assertThat(answers).as(request).hasSize(1);
      assertThat(answers.getFirst().header("Connection")).isEqualToIgnoringCase("close");
    }
  }

  /// After a fault in the framing nobody knows where the next request begins.
  @Test
  void closesAfterBrokenFraming() {
    String chunked = POST + "Transfer-Encoding: chunked\r\n\r\n";
    for (String request : List.of(chunked + "zz\r\n", chunked + "1\r\n[]0\r\n\r\n")) {
      List<WireAnswer> answers =
          WireRequest.exchange(
              server.port(), (request + GET + "\r\n").getBytes(ISO_8859_1), 2, false);
      assertThat(answers).as(request).hasSizeLessThan(2);
    }
  }
}
