package dev.tenet.bootstrap.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.bootstrap.openapi.OpenApiDocument.Operation;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Every documented answer of every operation is given by a real server, and agrees with the document.
@Timeout(120)
final class OpenApiTest {

  static final String NO_TENANT = "0197a3c2-0000-7000-8000-00000000dead";

  /// No request provokes a fault in the server.
  private static final Set<String> NOT_PROVOKED = Set.of("500");

  private OpenApiServer server;
  private Calls calls;
  private OpenApiDocument document;

  @BeforeEach
  void start() {
    server = OpenApiServer.start();
    calls = new Calls(server);
    document = calls.document();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everyDocumentedAnswerIsGiven() {
    successes();
    var stories = new Stories(server, calls);
    stories.schema();
    stories.rules();
    stories.evaluation();
    stories.decisions();
    stories.conflicts();
    stories.keys();
    stories.audit();
    stories.plugins();
    limits();
    generalFailures();
    storeFailures();
    lateBodies();
    Set<String> missing = new TreeSet<>();
    for (Operation operation : document.operations()) {
      for (String status : document.statuses(operation)) {
        if (!NOT_PROVOKED.contains(status)) {
          missing.add(operation.id() + ' ' + status);
        }
      }
    }
    missing.removeAll(calls.seen());
    assertThat(missing).as("documented answers that nothing provoked").isEmpty();
  }

  private void successes() {
    for (Operation operation : document.operations()) {
      Fixture fixture = Fixture.create(server, "success", operation);
      WireRequest request = fixture.request(operation);
      switch (operation.id()) {
        case "createSchema" -> {
          String fresh = calls.newTenant();
          calls.call(operation, request.at(fresh + "/schema"), 201);
          calls.call(operation, request.query("upsert=true"), 200);
        }
        case "createTenant", "createGovernedTenant", "defineDerivedField", "addRule" -> {
          WireAnswer created = calls.call(operation, request, 201);
          WireRequest read = WireRequest.of("GET", created.header("Location"));
          assertThat(server.send(read).expect(200).member("id")).isEqualTo(created.member("id"));
        }
        case "issueKey", "issuePlatformKey" -> {
          WireAnswer issued = calls.call(operation, request, 201);
          WireRequest read = WireRequest.of("GET", issued.header("Location"));
          assertThat(server.send(read).expect(200).member("id")).isEqualTo(issued.member("id"));
        }
        case "revokeKey", "revokePlatformKey" -> {
          calls.call(operation, request, 204);
          calls.call(operation, request, 204);
        }
        case "removeDerivedField" -> {
          server.send(WireRequest.of("DELETE", fixture.path() + "/rules/" + fixture.rule()));
          calls.call(operation, request.query("dryRun"), 204);
          calls.call(operation, request, 204);
          calls.call(operation, request, 404);
        }
        case "resetQuota" -> calls.call(operation, request, 204);
        case "publishPlugin" -> {
          WireAnswer published = calls.call(operation, request, 201);
          WireRequest read = WireRequest.of("GET", published.header("Location"));
          assertThat(server.send(read).expect(200).json().path("releases").get(0))
              .isEqualTo(published.json());
        }
        case "deleteTenant",
            "deleteGovernedTenant",
            "removeRule",
            "deactivatePlugin",
            "removeScript" -> {
          calls.call(operation, request.query("dryRun=true"), 204);
          calls.call(operation, request, 204);
          calls.call(operation, request, 404);
        }
        default -> calls.call(operation, request, 200);
      }
      if (operation.method().equals("GET")) {
        WireAnswer head = server.send(WireRequest.of("HEAD", request.target()));
        assertThat(head.status()).isEqualTo(200);
      }
      replays(operation);
    }
  }

  /// The same key and the same content is the same answer; the same key and other content is refused.
  private void replays(Operation operation) {
    if (!document.hasParameter(operation, "Idempotency-Key")) {
      return;
    }
    Fixture fixture = Fixture.create(server, "replay", operation);
    WireRequest request =
        fixture.request(operation).header("Idempotency-Key", "key-" + operation.id());
    if (operation.id().equals("createSchema")) {
      request = request.query("upsert=true");
    }
    if (operation.id().equals("removeDerivedField")) {
      server.send(WireRequest.of("DELETE", fixture.path() + "/rules/" + fixture.rule()));
    }
    WireAnswer first = server.send(request);
    document.check(operation, first);
    assertThat(first.status()).as(first.toString()).isBetween(200, 299);
    assertThat(first.headers()).doesNotContainKey("Idempotency-Replayed");
    if (operation.id().equals("deleteTenant") || operation.id().equals("deleteGovernedTenant")) {
      Fixture other = Fixture.create(server, "key");
      WireRequest rename =
          WireRequest.of("PUT", other.path())
              .json("{\"name\": \"a\"}")
              .header("Idempotency-Key", "used");
      server.send(rename).expect(200);
      calls.call(operation, other.request(operation).header("Idempotency-Key", "used"), 422);
      return;
    }
    WireAnswer again = calls.call(operation, request, first.status());
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(again.text()).isEqualTo(first.text());
    calls.call(operation, request.query("dryRun=false"), 422);
  }

  private void limits() {
    try (OpenApiServer small = OpenApiServer.startSmall()) {
      Fixture fixture = Fixture.create(small, "limits");
      for (String id : List.of("addRule", "defineDerivedField")) {
        WireAnswer answer = small.send(fixture.request(calls.operation(id)));
        calls.record(calls.operation(id), answer, 409);
        assertThat(answer.member("code")).endsWith("_limit_reached");
      }
      WireAnswer batch =
          small.send(fixture.request(calls.operation("evaluateBatch")).json("[{}, {}, {}]"));
      calls.record(calls.operation("evaluateBatch"), batch, 413);
    }
  }

  private void generalFailures() {
    for (Operation operation : document.operations()) {
      Fixture fixture = Fixture.create(server, "failure", operation);
      WireRequest request = fixture.request(operation);
      calls.call(operation, request.query("nonsense=1"), 400);
      if (operation.path().contains("{tenantId}")) {
        calls.call(
            operation, request.at(request.target().replace(fixture.tenant(), NO_TENANT)), 404);
      }
      if (operation.id().equals("evaluate")) {
        calls.call(
            operation,
            request.json(fixture.body(operation).replace(fixture.tenant(), NO_TENANT)),
            404);
      }
      if (document.hasBody(operation)) {
        calls.call(operation, request.header("Content-Type", "text/plain"), 415);
        calls.call(operation, request.header("Content-Length", "999999999"), 413);
      }
      if (document.hasParameter(operation, "If-Match")) {
        WireAnswer stale = calls.call(operation, request.header("If-Match", "\"999\""), 412);
        assertThat(stale.header("ETag"))
            .isEqualTo(server.send(Calls.get(fixture.path())).expect(200).header("ETag"));
        calls.call(operation, request.header("If-Match", "7"), 400);
      }
      if (operation.path().startsWith("/api/v1/tenants")) {
        calls.call(operation, request.method("PATCH"), 405);
      }
    }
    document.check(
        "/components/responses/NotFound", server.send(Calls.get("/api/v1/nonsense")).expect(404));
    String far = Long.toString(Long.MAX_VALUE);
    Fixture fixture = Fixture.create(server, "failure");
    for (String id : List.of("evaluate", "evaluateForTenant", "evaluateBatch")) {
      String body =
          fixture
              .body(calls.operation(id))
              .replace("\"minRevision\": 1", "\"minRevision\": " + far);
      assertThat(
              calls.call(id, fixture.request(calls.operation(id)).json(body), 503).member("code"))
          .isEqualTo("revision_not_reached");
    }
  }

  private void storeFailures() {
    Fixture fixture = Fixture.create(server, "outage", calls.operation("invokeFunction"));
    calls.call("invokeFunction", fixture.request(calls.operation("invokeFunction")), 200);
    calls.call(
        "changeLogging",
        WireRequest.of("PUT", "/api/v1/admin/logging").json("{\"errorSampleRate\": 2}"),
        200);
    server.storeDown(true);
    for (Operation operation : document.operations()) {
      boolean invokes = operation.id().equals("invokeFunction");
      boolean evaluates = operation.id().startsWith("evaluate");
      if (document.statuses(operation).contains("503") && !evaluates) {
        WireRequest request = fixture.request(operation);
        WireAnswer answer =
            calls.call(
                operation,
                invokes
                    ? request.at(request.target().replace(fixture.tenant(), NO_TENANT))
                    : request,
                503);
        assertThat(answer.text()).doesNotContain("down");
      }
      if (evaluates || invokes) {
        calls.call(operation, fixture.request(operation), 200);
      }
    }
    server.storeDown(false);
  }

  private void lateBodies() {
    try (OpenApiServer impatient = OpenApiServer.startImpatient()) {
      var nobody = new Fixture(NO_TENANT, NO_TENANT, NO_TENANT, NO_TENANT);
      for (Operation operation : document.operations()) {
        if (document.hasBody(operation)) {
          calls.record(operation, impatient.send(nobody.request(operation)), 408);
        }
      }
    }
  }
}
