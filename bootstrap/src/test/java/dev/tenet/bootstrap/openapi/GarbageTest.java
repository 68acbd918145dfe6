package dev.tenet.bootstrap.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.bootstrap.openapi.OpenApiDocument.Operation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/// Whatever the input, the server answers in time and in form, gives nothing of its inside away, and touches no other tenant.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
final class GarbageTest {

  private static final Pattern INSIDE =
      Pattern.compile(
          "Exception|java\\.|\\bat dev\\.|dev\\.tenet|<html|SELECT |INSERT |SQLSTATE|jackson|yasson|helidon|StackOverflow|dev\\.cel",
          Pattern.CASE_INSENSITIVE);

  /// They take larger bodies.
  private static final Set<String> LARGE = Set.of("evaluateBatch", "publishPlugin");

  private OpenApiServer server;
  private OpenApiDocument document;
  private Fixture neighbour;
  private String untouched;
  private final Set<String> faults = new TreeSet<>();

  @BeforeAll
  void start() {
    server = OpenApiServer.start();
    document = OpenApiDocument.of(server);
    neighbour = Fixture.create(server, "neighbour");
    untouched = neighbour.snapshot(server);
  }

  @BeforeEach
  void clear() {
    faults.clear();
  }

  @AfterEach
  void stillServesAndNothingElseWasTouched() {
    assertThat(faults).isEmpty();
    assertThat(neighbour.snapshot(server)).isEqualTo(untouched);
    Fixture fresh = Fixture.create(server, "fresh");
    WireAnswer answer =
        server.send(
            WireRequest.of("POST", fresh.path() + "/evaluate")
                .json("{\"facts\": " + Fixture.FACTS + "}"));
    assertThat(answer.expect(200).json().path("results").get(0).path("matched").asBoolean(false))
        .isTrue();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void bodies() {
    withBodies()
        .forEach(
            operation -> {
              Fixture fixture = Fixture.create(server, "bodies", operation);
              WireRequest good = good(fixture, operation);
              Garbage.bodies(fixture.body(operation))
                  .forEach((name, body) -> hurl(operation, name, good.body(body)));
            });
  }

  @Test
  void members() {
    withBodies()
        .forEach(
            operation -> {
              Fixture fixture = Fixture.create(server, "members", operation);
              WireRequest good = good(fixture, operation);
              Garbage.members(fixture.body(operation))
                  .forEach((name, body) -> hurl(operation, name, good.body(body)));
            });
  }

  @Test
  void linesOfFacts() {
    Operation batch =
        document.operations().stream()
            .filter(operation -> operation.id().equals("evaluateBatch"))
            .findFirst()
            .orElseThrow();
    Fixture fixture = Fixture.create(server, "lines");
    WireRequest good = fixture.request(batch).header("Content-Type", "application/x-ndjson");
    Garbage.bodies(Fixture.FACTS).forEach((name, body) -> hurl(batch, name, good.body(body)));
    Garbage.members(Fixture.FACTS).forEach((name, body) -> hurl(batch, name, good.body(body)));
    String giant = "{\"User\": \"" + "x".repeat(2 * OpenApiServer.LIMITS.factsBytes()) + "\"}";
    for (String lines : List.of(giant, Fixture.FACTS + "\n" + giant + "\n" + Fixture.FACTS)) {
      WireAnswer answer = hurl(batch, "a giant line", good.body(lines.getBytes(UTF_8)));
      assertThat(answer.text()).contains("\"facts_too_large\"");
    }
  }

  @Test
  void bodiesBeyondTheLimit() {
    withBodies()
        .forEach(
            operation -> {
              WireRequest good = Fixture.create(server, "large", operation).request(operation);
              String large = "{\"name\": \"" + "x".repeat(2_100_000) + "\"}";
              int status = LARGE.contains(operation.id()) ? 400 : 413;
              assertThat(hurl(operation, "large", good.json(large)).status()).isEqualTo(status);
              String chunks =
                  Integer.toHexString(large.length()) + "\r\n" + large + "\r\n0\r\n\r\n";
              WireRequest chunked =
                  new WireRequest(
                      good.method(),
                      good.target(),
                      List.of("Transfer-Encoding: chunked", "Content-Length:"),
                      chunks);
              hurl(operation, "large in chunks", unsized(chunked));
            });
  }

  private static WireRequest unsized(WireRequest request) {
    return new WireRequest(
        request.method(),
        request.target(),
        List.of("Transfer-Encoding: chunked", "Content-Type: application/json"),
        request.octets());
  }

  @Test
  void bodiesWhereNoneBelong() {
    document.operations().stream()
        .filter(operation -> !document.hasBody(operation))
        .forEach(
            operation -> {
              WireRequest good = dry(Fixture.create(server, "none", operation).request(operation));
              hurl(operation, "JSON", good.json("{\"a\": 1}"));
              hurl(operation, "noise", good.body(new byte[] {0, 1, 2, (byte) 0xff}));
              hurl(operation, "large", good.json("[" + "1,".repeat(600_000) + "1]"));
            });
  }

  @Test
  void parameters() {
    for (Operation operation : document.operations()) {
      Fixture fixture = Fixture.create(server, "parameters", operation);
      for (JsonNode parameter : document.parameters(operation)) {
        if (parameter.path("in").asString().equals("query")) {
          String name = parameter.path("name").asString();
          WireRequest good =
              name.equals("dryRun") ? fixture.request(operation) : dry(fixture.request(operation));
          for (String value : Garbage.parameterValues()) {
            if (!(name.equals("dryRun") && value.isEmpty())) {
              hurl(operation, name, good.query(name + '=' + value));
            }
          }
          hurl(operation, name + " twice", good.query(name + "=true&" + name + "=false"));
        }
      }
      WireRequest good = dry(fixture.request(operation));
      for (String query :
          List.of(
              "nonsense=1",
              "=",
              "&&&",
              "%00=1",
              "%zz",
              "a[]=1",
              "tenantId=x",
              "?",
              "dryrun=true")) {
        hurl(operation, "query " + query, good.query(query));
      }
      StringBuilder many = new StringBuilder("a=1");
      for (int i = 0; i < 500; i++) {
        many.append("&p").append(i).append("=1");
      }
      hurl(operation, "many parameters", good.query(many.toString()));
    }
  }

  @Test
  void ids() {
    for (Operation operation : document.operations()) {
      Fixture fixture = Fixture.create(server, "ids", operation);
      WireRequest good = dry(fixture.request(operation));
      for (String known :
          Stream.of(
                  fixture.tenant(),
                  fixture.rule(),
                  fixture.derived(),
                  fixture.decision(),
                  "versions/1",
                  "pricing",
                  "discount")
              .filter(id -> good.target().contains(id))
              .toList()) {
        for (String id : Garbage.ids()) {
          String other = known.startsWith("versions") ? "versions/" + id : id;
          hurl(operation, "id " + id, good.at(good.target().replace(known, other)));
        }
      }
    }
  }

  @Test
  void idsOfAnotherTenant() {
    for (Operation operation : document.operations()) {
      Fixture fixture = Fixture.create(server, "foreign", operation);
      var mixed =
          new Fixture(
              fixture.tenant(), neighbour.rule(), neighbour.derived(), neighbour.decision());
      boolean foreign =
          operation.path().contains("{ruleId}")
              || operation.path().contains("{derivedId}")
              || operation.path().contains("{decisionId}");
      if (foreign) {
        WireAnswer answer = hurl(operation, "another tenant's id", mixed.request(operation));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).doesNotContain("neighbour");
      }
      if (operation.id().equals("evaluateForTenant")) {
        WireAnswer answer = hurl(operation, "another tenant's rule", mixed.request(operation));
        assertThat(answer.json().path("results").isEmpty()).isTrue();
        assertThat(answer.json().path("notFound").get(0).asString()).isEqualTo(neighbour.rule());
        String both =
            mixed
                .body(operation)
                .replaceFirst("\\{", "{\"tenantId\": \"" + neighbour.tenant() + "\",");
        assertThat(hurl(operation, "two tenants", mixed.request(operation).json(both)).status())
            .isEqualTo(400);
      }
    }
  }

  @Test
  void methods() {
    for (Operation operation : document.operations()) {
      WireRequest good = dry(Fixture.create(server, "methods", operation).request(operation));
      for (String method :
          List.of("TRACE", "PATCH", "FOO", "OPTIONS", "CONNECT", "get", "PROPFIND")) {
        hurl(operation, "method " + method, good.method(method));
      }
    }
  }

  @Test
  void headers() {
    for (Operation operation : document.operations()) {
      WireRequest good = dry(Fixture.create(server, "headers", operation).request(operation));
      for (String line : Garbage.headers()) {
        int colon = line.indexOf(':');
        WireRequest request = good.header(line.substring(0, colon), line.substring(colon + 1));
        hurl(operation, "header " + line, request);
      }
    }
  }

  /// Past the refusal of a second schema.
  private static WireRequest good(Fixture fixture, Operation operation) {
    WireRequest request = fixture.request(operation);
    return operation.id().equals("createSchema") ? request.query("upsert=true") : request;
  }

  private Stream<Operation> withBodies() {
    return document.operations().stream().filter(document::hasBody);
  }

  /// Deletes nothing for good, so that the requests after it meet the same tenant.
  private static WireRequest dry(WireRequest request) {
    return request.method().equals("DELETE") ? request.query("dryRun=true") : request;
  }

  private WireAnswer hurl(Operation operation, String name, WireRequest request) {
    WireAnswer answer;
    try {
      answer = server.send(request);
    } catch (AssertionError silent) {
      faults.add("%s, %s: %s".formatted(operation, name, silent.getMessage()));
      return new WireAnswer(0, Map.of(), "{}");
    }
    String fault = fault(operation, answer);
    if (!fault.isEmpty()) {
      faults.add("%s, %s: %s%n    %s%n    %s".formatted(operation, name, fault, request, answer));
    }
    return answer;
  }

  private String fault(Operation operation, WireAnswer answer) {
    boolean behind = answer.status() == 503 && answer.text().contains("revision_not_reached");
    if (answer.status() >= 500 && !behind) {
      return "a fault of the server";
    }
    if (INSIDE.matcher(answer.text()).find() && answer.status() != 200) {
      return "something of the inside";
    }
    if (answer.headers().containsKey("X-Injected")) {
      return "an injected header";
    }
    if (answer.status() < 400) {
      return answer.status() < 300 ? "" : "a redirection";
    }
    if (!answer.mediaType().equals("application/problem+json")) {
      return "no problem";
    }
    List<String> problem = document.faults("/components/schemas/Problem", answer.json());
    if (!problem.isEmpty()) {
      return problem.toString();
    }
    if (answer.json().path("status").asInt(0) != answer.status()) {
      return "another status in the problem";
    }
    String code = answer.member("code");
    if (Set.of(
            "path_not_found",
            "method_not_allowed",
            "http_malformed",
            "path_too_long",
            "body_incomplete")
        .contains(code)) {
      return "";
    }
    return document.statuses(operation).contains("" + answer.status())
        ? ""
        : "an undocumented status";
  }
}
