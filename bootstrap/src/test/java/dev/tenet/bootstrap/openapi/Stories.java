package dev.tenet.bootstrap.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.bootstrap.openapi.OpenApiDocument.Operation;
import dev.tenet.domain.tenant.TenantId;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// What happens to a tenant in the course of its life.
record Stories(OpenApiServer server, Calls calls) {

  void schema() {
    Fixture fixture = Fixture.create(server, "schema");
    String breaking = "{\"definition\": {\"User\": {\"Age\": \"int\"}}}";
    WireRequest update = WireRequest.of("PUT", fixture.path() + "/schema").json(breaking);
    WireAnswer dry = calls.call("updateSchema", update.query("dryRun=true"), 200);
    assertThat(dry.json().path("rulesFailed").size()).isEqualTo(1);
    assertThat(dry.json().path("derivedFieldsFailed").size()).isEqualTo(1);
    assertThat(calls.call("updateSchema", update.query("strict=true"), 409).member("code"))
        .isEqualTo("schema_breaks_rules");
    calls.call("updateSchema", update, 200);
    WireAnswer broken =
        calls.call("findRule", Calls.get(fixture.path() + "/rules/" + fixture.rule()), 200);
    assertThat(broken.json().path("active").asBoolean(true)).isFalse();
    calls.call(
        "findDerivedField", Calls.get(fixture.path() + "/derived/" + fixture.derived()), 200);
    WireAnswer back =
        calls.call(
            "activateSchemaVersion",
            WireRequest.of("POST", fixture.path() + "/schema/versions/1:activate"),
            200);
    assertThat(back.json().path("rulesReactivated").size()).isEqualTo(1);
    assertThat(back.json().path("derivedFieldsReactivated").size()).isEqualTo(1);
    calls.call(
        "listSchemaVersions", Calls.get(fixture.path() + "/schema/versions?pageSize=1"), 200);
    WireAnswer changelog =
        calls.call("listSchemaChanges", Calls.get(fixture.path() + "/schema/changelog"), 200);
    assertThat(changelog.json().path("changes").get(0).path("changeType").asString())
        .isEqualTo("rolled_back");
    WireAnswer history =
        calls.call("listHistory", Calls.get(fixture.path() + "/history?pageSize=2"), 200);
    assertThat(history.json().path("entries").get(0).path("changes").size()).isEqualTo(3);
    calls.call(
        "listHistory",
        Calls.get(fixture.path() + "/history?pageToken=" + history.member("nextPageToken")),
        200);
    calls.call("findSchemaVersion", Calls.get(fixture.path() + "/schema/versions/2"), 200);
    calls.call("findSchemaVersion", Calls.get(fixture.path() + "/schema/versions/7"), 404);
    calls.call("findSchema", Calls.get(calls.newTenant() + "/schema"), 404);
    calls.call("listSchemaVersions", Calls.get(calls.newTenant() + "/schema/versions"), 200);
    WireAnswer faulty =
        calls.call(
            "updateSchema",
            WireRequest.of("PUT", fixture.path() + "/schema")
                .json(
                    "{\"definition\": {\"User\": {\"Age\": \"integer\", \"a-b\": \"int\"}, \"in\": {}}}"),
            400);
    assertThat(faulty.json().path("errors").size()).isEqualTo(4);
  }

  void rules() {
    Fixture fixture = Fixture.create(server, "rules");
    String rules = fixture.path() + "/rules";
    calls.call("addRule", WireRequest.of("POST", rules).json(rule("off", "true", false)), 201);
    calls.call("listRules", Calls.get(rules + "?active=false&name=OF&pageSize=1"), 200);
    WireAnswer page = calls.call("listRules", Calls.get(rules + "?pageSize=1"), 200);
    calls.call("listRules", Calls.get(rules + "?pageToken=" + page.member("nextPageToken")), 200);
    WireAnswer wrong =
        calls.call(
            "addRule",
            WireRequest.of("POST", rules).json(rule("w", "User.Aeg >= 18 && Usr.Age == 1", true)),
            400);
    assertThat(wrong.json().path("errors").get(0).path("span").path("line").asInt(0)).isEqualTo(1);
    WireRequest revise = WireRequest.of("PUT", rules + '/' + fixture.rule());
    calls.call(
        "reviseRule", revise.json("{\"then\": null, \"tags\": null, \"description\": null}"), 200);
    calls.call("reviseRule", revise.json("{\"expression\": \"1 +\"}"), 400);
    calls.call("reviseRule", revise.json("{\"expression\": \"User.Age\"}"), 200);
    String derived = fixture.path() + "/derived";
    calls.call(
        "defineDerivedField",
        WireRequest.of("POST", derived).json("{\"name\": \"a\", \"expression\": \"a\"}"),
        400);
    WireAnswer check =
        calls.call(
            "checkExpression",
            WireRequest.of("POST", fixture.path() + "/expressions:check")
                .json("{\"expression\": \"User.Aeg >= 18\"}"),
            200);
    assertThat(check.json().path("valid").asBoolean(true)).isFalse();
    calls.call(
        "checkExpression",
        WireRequest.of("POST", fixture.path() + "/expressions:check")
            .json("{\"expression\": \"User.Age + 1\"}"),
        200);
  }

  private static String rule(String name, String expression, boolean active) {
    return "{\"name\": \"%s\", \"expression\": \"%s\", \"active\": %s}"
        .formatted(name, expression, active);
  }

  void evaluation() {
    Fixture fixture = Fixture.create(server, "evaluation");
    String rules = fixture.path() + "/rules";
    for (String expression :
        List.of("User.Age / (User.Age - 25) > 1", "Transaction.Items.exists(i, i.Price > 1.0)")) {
      calls.call(
          "addRule", WireRequest.of("POST", rules).json(rule(expression, expression, true)), 201);
    }
    WireRequest evaluate = WireRequest.of("POST", fixture.path() + "/evaluate");
    for (String options :
        List.of(
            "",
            ", \"trace\": true",
            ", \"include\": \"matched\"",
            ", \"rules\": [\"nonsense\", \""
                + OpenApiTest.NO_TENANT
                + "\", \""
                + fixture.rule()
                + "\"]",
            ", \"tags\": [\"fraud\"]")) {
      WireAnswer answer =
          calls.call(
              "evaluateForTenant",
              evaluate.json("{\"facts\": " + Fixture.FACTS + options + "}"),
              200);
      assertThat(answer.json().path("results").isEmpty()).isFalse();
    }
    calls.call("evaluateForTenant", evaluate.json("{\"facts\": {}}").query("trace=true"), 200);
    calls.call("evaluateForTenant", evaluate.json("{\"facts\": {}, \"revision\": 3}"), 200);
    calls.call("evaluateForTenant", evaluate.json("{\"facts\": {}, \"revision\": 99}"), 404);
    calls.call("evaluateForTenant", evaluate.json("{\"facts\": {}, \"revision\": 0}"), 400);
    WireAnswer mismatch =
        calls.call(
            "evaluateForTenant", evaluate.json("{\"facts\": {\"User\": {\"Age\": \"x\"}}}"), 400);
    assertThat(mismatch.member("field")).isEqualTo("/facts/User/Age");
    WireRequest batch = WireRequest.of("POST", fixture.path() + "/evaluate:batch");
    calls.call("evaluateBatch", batch.json("[" + Fixture.FACTS + ", 7, {\"User\": []}]"), 200);
    calls.call(
        "evaluateBatch",
        batch
            .json("[]")
            .query("include=matched&rule=" + OpenApiTest.NO_TENANT + "&rule=x&tag=a&minRevision=1"),
        200);
    calls.call("evaluateBatch", batch.json("[{}]").query("revision=2"), 200);
    calls.call("evaluateBatch", batch.json("[{}]").query("revision=2&minRevision=1"), 400);
    WireAnswer lines =
        calls.call(
            "evaluateBatch",
            batch
                .json(Fixture.FACTS + "\n\n7\n{\"User\": {\"Age\": 1.5}}\n{broken\n")
                .header("Content-Type", "application/x-ndjson"),
            200);
    assertThat(lines.mediaType()).isEqualTo("application/x-ndjson");
    assertThat(lines.text().lines()).hasSize(4);
  }

  void decisions() {
    Fixture fixture = Fixture.create(server, "decisions");
    String decisions = fixture.path() + "/decisions";
    WireAnswer page = calls.call("searchDecisions", Calls.get(decisions + "?pageSize=1"), 200);
    assertThat(page.json().path("decisions").get(0).path("decisionId").asString())
        .isEqualTo(fixture.decision());
    calls.call(
        "searchDecisions",
        Calls.get(
            decisions
                + "?since=2026-01-01T00:00:00Z&until=9999-01-01T00:00:00Z&error=true&revision=1&ruleId="
                + fixture.rule()),
        200);
    WireAnswer replay =
        calls.call(
            "replayDecision",
            WireRequest.of("POST", decisions + '/' + fixture.decision() + ":replay"),
            200);
    assertThat(replay.member("outcome")).isEqualTo("identical");
    calls.call("findDecision", Calls.get(decisions + '/' + OpenApiTest.NO_TENANT), 404);
  }

  void audit() {
    Fixture fixture = Fixture.create(server, "audit");
    String rule = fixture.path() + "/rules/" + fixture.rule();
    server
        .send(
            WireRequest.of("PUT", rule)
                .json("{\"description\": \"Zoë's\\n\"}")
                .header("X-Request-ID", "audited"))
        .expect(200);
    WireRequest reset =
        WireRequest.of("POST", fixture.path().replace("/v1/", "/v1/admin/") + "/quota:reset");
    server.send(reset).expect(204);
    server.send(WireRequest.of("DELETE", fixture.path())).expect(204);
    String audit = fixture.path() + "/audit";

    JsonNode records = calls.call("listAudit", Calls.get(audit), 200).json().path("records");
    assertThat(records.size()).isEqualTo(10);
    assertThat(records.get(0).path("action").asString()).isEqualTo("api_key_revoked");
    assertThat(records.get(1).path("action").asString()).isEqualTo("tenant_deleted");
    assertThat(records.get(2).path("action").asString()).isEqualTo("quota_reset");
    assertThat(records.get(3).path("requestId").asString()).isEqualTo("audited");
    assertThat(records.get(3).path("resource").asString()).isEqualTo("rule/" + fixture.rule());
    for (int i = 0; i < records.size(); i++) {
      ObjectNode record = (ObjectNode) records.get(i).deepCopy();
      String hash = record.remove("hash").asString();
      assertThat(sha256(canonical(record))).isEqualTo(hash);
      assertThat(record.path("previousHash").asString())
          .isEqualTo(
              i + 1 < records.size() ? records.get(i + 1).path("hash").asString() : "0".repeat(64));
    }
    WireAnswer page = calls.call("listAudit", Calls.get(audit + "?pageSize=4"), 200);
    WireAnswer last =
        calls.call(
            "listAudit", Calls.get(audit + "?pageToken=" + page.member("nextPageToken")), 200);
    assertThat(last.json().path("records").get(1)).isEqualTo(records.get(5));
    WireAnswer revised =
        calls.call(
            "listAudit",
            Calls.get(
                audit
                    + "?action=rule_revised&actor=anonymous&outcome=accepted&since=2020-01-01T00:00:00Z&until=9000-01-01T00:00:00%2B01:00"),
            200);
    assertThat(revised.json().path("records").size()).isEqualTo(1);
    for (String nothing :
        List.of("outcome=denied", "actor=nobody", "until=2020-01-01T00:00:00Z", "action=x")) {
      assertThat(
              calls
                  .call("listAudit", Calls.get(audit + '?' + nothing), 200)
                  .json()
                  .path("records")
                  .size())
          .isZero();
    }
    for (String wrong : List.of("outcome=maybe", "since=yesterday", "until=2020-01-01")) {
      WireAnswer refused = calls.call("listAudit", Calls.get(audit + '?' + wrong), 400);
      assertThat(refused.member("code")).isEqualTo("parameter_invalid");
    }
    assertThat(
            calls
                .call("listPlatformAudit", Calls.get("/api/v1/audit"), 200)
                .json()
                .path("records")
                .size())
        .isPositive();
  }

  /// RFC 8785 for what has no fractions: members in order of their names, no spaces.
  private static String canonical(JsonNode node) {
    if (node.isObject()) {
      return node.propertyNames().stream()
          .sorted()
          .map(name -> JsonNodeFactory.instance.stringNode(name) + ":" + canonical(node.path(name)))
          .collect(Collectors.joining(",", "{", "}"));
    }
    if (node.isArray()) {
      return node.valueStream().map(Stories::canonical).collect(Collectors.joining(",", "[", "]"));
    }
    return node.toString();
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  void conflicts() {
    Fixture fixture = Fixture.create(server, "conflict");
    String fresh = calls.newTenant();
    calls.call("createSchema", fixture.request(calls.operation("createSchema")), 409);
    WireRequest nameTaken =
        WireRequest.of("PUT", fixture.path() + "/schema")
            .json("{\"definition\": {\"isCanadian\": {\"a\": \"int\"}}}");
    calls.call("updateSchema", nameTaken, 409);
    calls.call(
        "updateSchema",
        WireRequest.of("PUT", fixture.path() + "/schema")
            .json("{\"definition\": {\"U\": {\"a\": \"int\"}}}"),
        200);
    calls.call(
        "activateSchemaVersion",
        WireRequest.of("POST", fresh + "/schema/versions/1:activate"),
        404);
    Fixture other = Fixture.create(server, "conflict");
    calls.call(
        "addRule",
        other.request(calls.operation("reviseRule")).at(other.path() + "/rules").method("POST"),
        409);
    calls.call("addRule", other.request(calls.operation("addRule")).at(fresh + "/rules"), 409);
    calls.call("addRule", other.request(calls.operation("addRule")), 201);
    calls.call(
        "reviseRule",
        other.request(calls.operation("reviseRule")).json("{\"name\": \"Review transfers\"}"),
        409);
    calls.call(
        "defineDerivedField",
        other.request(calls.operation("defineDerivedField")).at(fresh + "/derived"),
        409);
    WireAnswer inUse =
        calls.call("removeDerivedField", other.request(calls.operation("removeDerivedField")), 409);
    assertThat(inUse.json().path("dependants").get(0).path("name").asString())
        .isEqualTo("Review large transfers");
    calls.call(
        "reviseDerivedField",
        other.request(calls.operation("reviseDerivedField")).json("{\"expression\": \"'text'\"}"),
        409);
    for (String id : List.of("evaluate", "evaluateForTenant", "evaluateBatch")) {
      var noSchema =
          new Fixture(
              fresh.substring(fresh.lastIndexOf('/') + 1),
              other.rule(),
              other.derived(),
              other.decision());
      calls.call(
          id,
          noSchema
              .request(calls.operation(id))
              .json(
                  noSchema
                      .body(calls.operation(id))
                      .replace("\"minRevision\": 1", "\"minRevision\": 0")),
          409);
    }
    try (OpenApiServer founded = OpenApiServer.start()) {
      founded.foundPlatform();
      for (String id : List.of("deleteTenant", "deleteGovernedTenant")) {
        Operation delete = calls.operation(id);
        String platform = delete.path().replace("{tenantId}", TenantId.PLATFORM.toString());
        WireAnswer kept = founded.send(WireRequest.of("DELETE", platform));
        calls.record(delete, kept, 409);
        assertThat(kept.member("code")).isEqualTo("platform_protected");
      }
    }
    strictActivation();
  }

  void keys() {
    Fixture fixture = Fixture.create(server, "keys");
    WireAnswer issued = calls.call("issueKey", fixture.request(calls.operation("issueKey")), 201);
    calls.call("revokeKey", WireRequest.of("DELETE", issued.header("Location")), 204);
    WireAnswer revoked = calls.call("findKey", Calls.get(issued.header("Location")), 200);
    assertThat(revoked.member("revokedAt")).endsWith("Z");
    String keys = fixture.path() + "/keys";
    WireAnswer page = calls.call("listKeys", Calls.get(keys + "?pageSize=1"), 200);
    calls.call("listKeys", Calls.get(keys + "?pageToken=" + page.member("nextPageToken")), 200);
    calls.call(
        "issueKey",
        WireRequest.of("POST", keys).json("{\"name\": \"a\", \"roles\": [\"platform-admin\"]}"),
        400);
    String platform = "/api/v1/admin/keys/" + OpenApiTest.NO_TENANT;
    calls.call("findPlatformKey", Calls.get(platform), 404);
    calls.call("revokePlatformKey", WireRequest.of("DELETE", platform), 404);
    server.issueAllKeys(TenantId.parse(fixture.tenant()).orElseThrow());
    calls.call("issueKey", fixture.request(calls.operation("issueKey")), 409);
    try (OpenApiServer full = OpenApiServer.start()) {
      full.issueAllKeys(TenantId.PLATFORM);
      WireRequest request = fixture.request(calls.operation("issuePlatformKey"));
      calls.record(calls.operation("issuePlatformKey"), full.send(request), 409);
    }
  }

  void plugins() {
    Fixture fixture = Fixture.create(server, "plugins", calls.operation("publishScript"));
    WireRequest publish = WireRequest.of("POST", "/api/v1/plugins");
    String again = Fixture.publication("pricing", "1.0.0");
    calls.call("publishPlugin", publish.json(again), 409);
    String internal = again.replace("{\"name\"", "{\"internal\": true, \"name\"");
    calls.call("publishPlugin", publish.json(internal), 403);
    calls.call("findPlugin", Calls.get("/api/v1/plugins/nonsense"), 404);
    calls.call("findContracts", Calls.get("/api/v1/plugins/nonsense/contracts"), 404);
    server.publishAllVersions(TenantId.PLATFORM, "pricing");
    assertThat(
            calls
                .call("publishPlugin", publish.json(Fixture.publication("pricing", "2.0.0")), 409)
                .member("code"))
        .isEqualTo("plugin_version_limit_reached");
    String script = fixture.path() + "/scripts/discount";
    TenantId tenant = TenantId.parse(fixture.tenant()).orElseThrow();
    calls.call("removeScript", WireRequest.of("DELETE", script), 204);
    WireAnswer removed = calls.call("findScript", Calls.get(script), 200);
    assertThat(removed.json().has("published")).isFalse();
    server.publishAllVersions(tenant, "script.discount");
    calls.call("publishScript", WireRequest.of("PUT", script).json(Fixture.SCRIPT), 409);
    for (var failing : Map.of("throw new Error('no');", 422, "while (true) { }", 504).entrySet()) {
      String body =
          """
          {"source": "export function f() { %s }", "functions": {"f": {"output": "int", "timeout_ms": 200}}}
          """
              .formatted(failing.getKey())
              .strip();
      String other = fixture.path() + "/scripts/failing";
      calls.call(
          "tryScript",
          WireRequest.of("POST", other + ":try")
              .json(body.replaceFirst("}$", ", \"function\": \"f\"}")),
          failing.getValue());
      calls.call("publishScript", WireRequest.of("PUT", other).json(body), 200);
      calls.call(
          "invokeFunction",
          WireRequest.of("POST", fixture.path() + "/invoke/script.failing.f").json("{}"),
          failing.getValue());
    }
  }

  private void strictActivation() {
    String tenant = calls.newTenant();
    for (String definition : List.of("{\"U\": {\"a\": \"int\"}}", "{\"U\": {\"b\": \"int\"}}")) {
      calls.call(
          "updateSchema",
          WireRequest.of("PUT", tenant + "/schema").json("{\"definition\": " + definition + "}"),
          200);
    }
    calls.call(
        "addRule",
        WireRequest.of("POST", tenant + "/rules").json(rule("b", "U.b == 1", true)),
        201);
    calls.call(
        "activateSchemaVersion",
        WireRequest.of("POST", tenant + "/schema/versions/1:activate?strict=true"),
        409);
  }
}
