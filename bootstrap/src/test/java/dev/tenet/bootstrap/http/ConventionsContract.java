package dev.tenet.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What all resources share: revisions, dry runs, retries, problems.
abstract class ConventionsContract extends HttpContract {

  private static final String RULE = "{\"name\":\"r\",\"expression\":\"true\"}";

  @Test
  void revisionsAreETags() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    Reply rule = client().post(tenant + "/rules", RULE).expect(201);
    assertThat(rule.header("ETag")).isEqualTo("\"3\"");
    assertThat(rule.number("revision")).isEqualTo(3);
    String path = tenant + "/rules/" + rule.text("id");
    assertThat(client().get(path).header("ETag")).isEqualTo("\"3\"");
    Map<String, String> ifMatch = Map.of("If-Match", "\"3\"");
    client().send("PUT", path, "{\"description\":\"mine\"}", ifMatch).expect(200);
    Reply stale =
        client()
            .send("PUT", path, "{\"description\":\"yours\"}", ifMatch)
            .problem(412, "revision_stale");
    assertThat(stale.number("revision")).isEqualTo(4);
    assertThat(client().get(path).text("description")).isEqualTo("mine");
    client().send("PUT", path, "{}", Map.of("If-Match", "*")).expect(200);
    client().send("PUT", path, "{}", Map.of("If-Match", "x")).problem(400, "if_match_invalid");
  }

  @Test
  void whatChangesNothingMakesNoRevision() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    String rule = tenant + "/rules/" + client().post(tenant + "/rules", RULE).text("id");
    String derived =
        tenant
            + "/derived/"
            + client()
                .post(tenant + "/derived", "{\"name\":\"d\",\"expression\":\"User.Age > 1\"}")
                .expect(201)
                .text("id");
    for (String path : List.of(tenant, rule, derived)) {
      Reply before = client().get(path);
      Reply after = client().put(path, before.text()).expect(200);
      assertThat(after.text().replaceFirst("\"cost\":\\{[^}]*},", ""))
          .isEqualTo(before.text().replace("\"revision\":3", "\"revision\":4"));
      assertThat(after.header("ETag")).isEqualTo("\"4\"");
      client()
          .send("PUT", path, before.text(), Map.of("If-Match", "\"2\""))
          .problem(412, "revision_stale");
    }
    client().post(tenant + "/schema/versions/1:activate?dryRun=true", "").expect(200);
    assertThat(client().get(tenant).number("revision")).isEqualTo(4);
    Map<String, String> key = Map.of("Idempotency-Key", "k");
    assertThat(client().send("PUT", rule, RULE, key).expect(200).number("revision")).isEqualTo(5);
    client().put(rule, "{\"name\":\"s\"}").expect(200);
    Reply replayed = client().send("PUT", rule, RULE, key).expect(200);
    assertThat(replayed.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(client().get(rule).text("name")).isEqualTo("s");
  }

  @Test
  void listsGoOnWhereAPageEndedWhateverIsRemovedMeanwhile() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    for (String name : List.of("a", "b", "c", "d")) {
      rule(tenant, name, "true");
      client()
          .post(tenant + "/derived", Map.of("name", name, "expression", "User.Age > 1"))
          .expect(201);
    }
    for (String list : List.of("rules", "derived")) {
      String members = list.equals("rules") ? "rules" : "derivedFields";
      Reply first = client().get(tenant + "/" + list + "?pageSize=2").expect(200);
      assertThat(first.each(members, "name")).isEqualTo(List.of("d", "c"));
      for (Object id : first.each(members, "id")) {
        client().delete(tenant + "/" + list + "/" + id).expect(204);
      }
      String rest = tenant + "/" + list + "?pageSize=2&pageToken=" + first.text("nextPageToken");
      assertThat(client().get(rest).expect(200).each(members, "name")).isEqualTo(List.of("b", "a"));
      assertThat(client().get(rest).at("nextPageToken")).isNull();
    }
    tenant("second");
    Reply tenants = client().get("/api/v1/tenants?pageSize=1").expect(200);
    client().delete("/api/v1/tenants/" + tenants.text("tenants.0.id")).expect(204);
    assertThat(
            client()
                .get("/api/v1/tenants?pageToken=" + tenants.text("nextPageToken"))
                .expect(200)
                .list("tenants"))
        .hasSize(1);
  }

  @Test
  void listsRefuseTokensThatTheyDidNotGiveOut() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    String other = tenantWith(USER_AND_TRANSACTION);
    for (String path : List.of(tenant, other)) {
      rule(path, "r", "true");
      rule(path, "s", "true");
      client().put(path + "/schema", USER_AND_TRANSACTION).expect(200);
    }
    String rules = client().get(tenant + "/rules?pageSize=1").text("nextPageToken");
    String versions = client().get(tenant + "/schema/versions?pageSize=1").text("nextPageToken");
    String tenants = client().get("/api/v1/tenants?pageSize=1").text("nextPageToken");
    for (String list :
        List.of(
            "/api/v1/tenants",
            other + "/rules",
            other + "/derived",
            other + "/schema/versions",
            tenant + "/schema/changelog")) {
      for (String token : List.of("", "x", "Mg", "!", "%00", "MTIzNDU2Nzg5MA", rules, versions)) {
        client().get(list + "?pageToken=" + token).problem(400, "page_token_invalid");
      }
    }
    client().get(tenant + "/rules?pageToken=" + tenants).problem(400, "page_token_invalid");
    client().get(tenant + "/rules?pageToken=" + rules + "A").problem(400, "page_token_invalid");
    assertThat(client().get(tenant + "/rules?tag=x&pageToken=" + rules).expect(200).list("rules"))
        .isEmpty();
    assertThat(client().get(tenant + "/schema/versions?pageToken=" + versions).list("versions"))
        .hasSize(1);
  }

  @Test
  void dryRunsStoreNothing() {
    client().post("/api/v1/tenants?dryRun=true", "{\"name\":\"ghost\"}").expect(201);
    assertThat(client().get("/api/v1/tenants").list("tenants")).isEmpty();
    String tenant = tenantWith(USER_AND_TRANSACTION);
    Reply tried = client().post(tenant + "/rules?dryRun=true", RULE).expect(201);
    assertThat(tried.header("Location")).isNull();
    assertThat(tried.header("ETag")).isNull();
    client().post(tenant + "/derived?dryRun", "{\"name\":\"d\",\"expression\":\"1\"}").expect(201);
    client().delete(tenant + "?dryRun=true").expect(204);
    assertThat(client().get(tenant + "/rules").list("rules")).isEmpty();
    assertThat(client().get(tenant).expect(200).number("revision")).isEqualTo(2);
    client()
        .post(tenant + "/rules?dryRun=true", "{\"name\":\"r\",\"expression\":\"(\"}")
        .problem(400, "syntax_error");
    client().post(tenant + "/rules?dryRun=maybe", RULE).problem(400, "parameter_invalid");
    Reply misspelt = client().post(tenant + "/rules?dryrun=true", RULE);
    assertThat(misspelt.problem(400, "parameter_unknown").text("error")).contains("dryRun");
  }

  @Test
  void replaysRequestsWithTheSameKey() {
    Map<String, String> key = Map.of("Idempotency-Key", "k-1");
    Reply first = client().send("POST", "/api/v1/tenants", "{\"name\":\"acme\"}", key).expect(201);
    Reply second = client().send("POST", "/api/v1/tenants", "{\"name\":\"acme\"}", key).expect(201);
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
    client()
        .send("POST", "/api/v1/tenants", "{\"name\":\"other\"}", key)
        .problem(422, "idempotency_key_reused");

    String tenant = tenantWith(USER_AND_TRANSACTION);
    Reply rule = client().send("POST", tenant + "/rules", RULE, key).expect(201);
    assertThat(client().send("POST", tenant + "/rules", RULE, key).expect(201).text())
        .isEqualTo(rule.text());
    assertThat(client().get(tenant + "/rules").list("rules")).hasSize(1);
    client()
        .send("POST", tenant + "/rules", RULE.replace("true", "false"), key)
        .problem(422, "idempotency_key_reused");
    client()
        .send("POST", tenant + "/rules", RULE, Map.of("Idempotency-Key", "x y"))
        .problem(400, "idempotency_key_invalid");
  }

  @Test
  void answersUnknownPathsAndMethods() {
    client().get("/nothing/here").problem(404, "path_not_found");
    Reply wrong = client().send("PATCH", "/api/v1/tenants", "{}", Map.of());
    wrong.problem(405, "method_not_allowed");
    assertThat(wrong.header("Allow")).isEqualTo("GET, POST");
  }

  @Test
  void answersWrongBodies() {
    client()
        .send("POST", "/api/v1/tenants", "name=x", Map.of("Content-Type", "text/plain"))
        .problem(415, "media_type_unsupported");
    client().post("/api/v1/tenants", "{\"name\":").problem(400, "json_malformed");
    client().post("/api/v1/tenants", "").problem(400, "json_empty");
    client().post("/api/v1/tenants", "[]").problem(400, "body_not_object");
    client().post("/api/v1/tenants", "{\"name\":7}").problem(400, "wrong_type");
    client()
        .post("/api/v1/tenants", "{\"name\":\"a\",\"name\":\"b\"}")
        .problem(400, "json_duplicate_key");
    client().post("/api/v1/tenants", "[".repeat(100)).problem(400, "json_too_deep");
    client()
        .sendBytes(
            "POST", "/api/v1/tenants", new byte[] {'"', (byte) 0xc0, (byte) 0xaf, '"'}, Map.of())
        .problem(400, "json_not_utf8");
    assertThat(
            client()
                .post("/api/v1/tenants", "{\"naem\":\"x\"}")
                .problem(400, "member_unknown")
                .text("errors.0.suggestion"))
        .isEqualTo("name");
    client()
        .post("/api/v1/tenants", "{\"name\":\"" + "x".repeat(2 << 20) + "\"}")
        .problem(413, "body_too_large");
  }

  @Test
  void limitsSchemasAndFactsWithTheirOwnCodes() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    byte[] giant = ("{\"facts\":\"" + "x".repeat(3 << 20) + "\"}").getBytes(StandardCharsets.UTF_8);
    client().sendBytes("PUT", tenant + "/schema", giant, Map.of()).problem(413, "schema_too_large");
    client()
        .sendBytes("POST", tenant + "/evaluate", giant, Map.of())
        .problem(413, "facts_too_large");
    String small = "{\"User\": {\"Age\": 1}}";
    String large = "{\"User\": {\"Citizenship\": \"%s\"}}".formatted("x".repeat(2 << 20));
    String sets = "[%s, %s, %s]".formatted(small, large, small);
    String id = tenant.substring(tenant.lastIndexOf('/') + 1);
    for (String body : List.of(sets, "{\"tenantId\": \"%s\", \"facts\": %s}".formatted(id, sets))) {
      Reply batch = client().post(tenant + "/evaluate:batch", body).expect(200);
      assertThat(batch.text("decisions.1.code")).isEqualTo("facts_too_large");
      assertThat(batch.at("decisions.0.decisionId")).isNotNull();
      assertThat(batch.at("decisions.2.decisionId")).isNotNull();
    }
    client()
        .post(
            tenant + "/evaluate:batch",
            "{\"tenantId\": \"%s\", \"facts\": []}".formatted(UUID.randomUUID()))
        .problem(400, "tenant_mismatch");
  }

  @Test
  void keepsTheRequestId() {
    assertThat(
            client()
                .send("GET", "/health", null, Map.of("X-Request-ID", "abc-1"))
                .header("X-Request-ID"))
        .isEqualTo("abc-1");
    assertThat(
            client()
                .send("GET", "/health", null, Map.of("X-Request-ID", "a<b>"))
                .header("X-Request-ID"))
        .hasSize(36);
  }

  @Test
  void saysHowItIs() {
    assertThat(client().get("/health").expect(200).text()).isEqualTo("{\"status\":\"ok\"}");
    Reply health = client().get("/api/v1/health").expect(200);
    assertThat(health.text("status")).isEqualTo("healthy");
    assertThat(health.number("tenantsLoaded")).isZero();
    evaluate(tenantWith(USER_AND_TRANSACTION), "{}").expect(200);
    assertThat(client().get("/api/v1/health").number("tenantsLoaded")).isEqualTo(1);
    client().get("/observe/health/live").expect(200);
    client().get("/observe/health/ready").expect(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/openapi",
        "/swagger/",
        "/swagger/swagger-ui.css",
        "/swagger/swagger-ui-bundle.js",
        "/swagger/swagger-initializer.js",
        "/docs/problems"
      })
  void servesItsDocumentationWithoutTheNetwork(String path) {
    assertThat(client().get(path).expect(200).text()).isNotEmpty();
    assertThat(client().send("HEAD", path, null, Map.of()).expect(200).text()).isEmpty();
    assertThat(client().get("/swagger/").text()).doesNotContain("https://");
  }
}
