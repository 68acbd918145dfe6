package dev.tenet.bootstrap.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requirements D: quotas, policies and settings of tenants, without anybody saying who they are.
abstract class GovernanceContract extends HttpContract {

  private static final String ADULT = "{\"User\": {\"Age\": 20}}";

  private String tenant = "";
  private String administration = "";

  @BeforeEach
  final void createTenant() {
    tenant = tenantWith(USER_AND_TRANSACTION);
    administration = tenant.replace("/tenants", "/admin/tenants");
    rule(tenant, "adult", "User.Age >= 18");
    rule(tenant, "old", "User.Age >= 80");
  }

  private Reply put(String setting, String body) {
    return client().put(administration + setting, body);
  }

  @Test
  void aNewTenantIsLimitedByNothing() {
    Reply found = client().get(administration).expect(200);
    assertThat(found.number("settings.quota.requestsPerMinute")).isZero();
    assertThat(found.text("settings.quota.window")).isEqualTo("fixed");
    assertThat(found.list("settings.policy.allowedModels")).isEmpty();
    assertThat(found.text("settings.decisionLog.mode")).isEqualTo("off");
    Reply answer = evaluate(tenant, ADULT).expect(200);
    assertThat(answer.headers().map()).doesNotContainKey("x-quota-remaining-requests");
    assertThat(client().get(tenant + "/config").expect(200).text()).isEqualTo(found.text());
  }

  @Test
  void aQuotaOfRequestsIsUsedUp() {
    put("/quota", "{\"requestsPerMonth\": 2}").expect(200);
    Reply first = evaluate(tenant, ADULT).expect(200);
    assertThat(first.header("X-Quota-Remaining-Requests")).isEqualTo("1");
    assertThat(first.headers().map()).doesNotContainKey("x-quota-remaining-tokens");
    assertThat(client().get(tenant + "/rules").expect(200).header("X-Quota-Remaining-Requests"))
        .isEqualTo("0");
    Reply denied = evaluate(tenant, ADULT);
    denied.problem(429, "tenant_quota_exceeded");
    assertThat(denied.header("X-Quota-Remaining-Requests")).isEqualTo("0");
    assertThat(Integer.parseInt(denied.header("Retry-After"))).isBetween(1, 31 * 24 * 3600);
    client().get(administration).expect(200);
    client().post(administration + "/quota:reset", "").expect(204);
    evaluate(tenant, ADULT).expect(200);
  }

  @Test
  void aTokenIsARuleEvaluated() {
    put("/quota", "{\"tokensPerMonth\": 5}").expect(200);
    assertThat(evaluate(tenant, ADULT).expect(200).header("X-Quota-Remaining-Tokens"))
        .isEqualTo("3");
    Reply batch = client().post(tenant + "/evaluate:batch", "[" + ADULT + "," + ADULT + "]");
    batch.problem(429, "tenant_quota_exceeded");
    assertThat(batch.header("X-Quota-Remaining-Tokens")).isEqualTo("3");
    evaluate(tenant, ADULT).expect(200);
    client().get(tenant + "/rules").expect(200);
  }

  @Test
  void whatNeedsMoreThanTheWholeLimitIsToldSo() {
    put("/quota", "{\"tokensPerMonth\": 3}").expect(200);
    Reply batch = client().post(tenant + "/evaluate:batch", "[" + ADULT + "," + ADULT + "]");
    batch.problem(429, "tenant_quota_exceeded");
    assertThat(batch.text("detail")).contains("needs 4 tokens", "tokensPerMonth is 3", "never");
    evaluate(tenant, ADULT).expect(200);
    assertThat(evaluate(tenant, ADULT).problem(429, "tenant_quota_exceeded").text("detail"))
        .contains("used up");
  }

  /// A gateway that adds its own would be contradicted by the client's.
  @Test
  void aHeaderThatSaysSeveralThingsIsRefused() throws IOException {
    put("/policy", "{\"allowedModels\": [\"small\"], \"allowedTools\": [\"1\"]}").expect(200);
    String request = "GET %s/rules HTTP/1.1\r\nHost: 127.0.0.1\r\n%s\r\nConnection: close\r\n\r\n";
    String common = "X-Model: small\r\nX-Tool: 1\r\n";
    for (String header : List.of("X-Model", "X-Tool", "X-Tenant-ID", "X-Token-Count")) {
      String several = common + "%s: 1\r\n%s: 2".formatted(header, header);
      assertThat(raw(request.formatted(tenant, several)))
          .as(header)
          .startsWith("HTTP/1.1 400")
          .contains("header_repeated");
    }
    assertThat(raw(request.formatted(tenant, common + "X-Model: small")))
        .startsWith("HTTP/1.1 200");
  }

  private String raw(String request) throws IOException {
    return RawRequest.send(client().base().getPort(), request);
  }

  @Test
  void factsThatCannotBeReadHaveUsedAsMuchAsOthers() {
    put("/quota", "{\"tokensPerMonth\": 5}").expect(200);
    evaluate(tenant, "{\"User\": {\"Age\": tru}}").problem(400, "json_malformed");
    client().post(tenant + "/evaluate", "{\"fact\": {}}").problem(400, "member_unknown");
    assertThat(evaluate(tenant, ADULT).expect(200).header("X-Quota-Remaining-Tokens"))
        .isEqualTo("1");
  }

  @Test
  void aStreamEndsWhenTheQuotaIsUsedUp() {
    put("/quota", "{\"tokensPerMonth\": 5}").expect(200);
    Reply answer =
        client()
            .send(
                "POST",
                tenant + "/evaluate:batch",
                (ADULT + "\n").repeat(4),
                Map.of("Content-Type", "application/x-ndjson"))
            .expect(200);
    assertThat(answer.text().lines().toList()).hasSize(3);
    assertThat(answer.text().lines().toList().getLast()).contains("tenant_quota_exceeded");
  }

  @Test
  void aRequestMaySayThatItUsesMoreTokens() {
    put("/quota", "{\"tokensPerMonth\": 10}").expect(200);
    assertThat(evaluateWith("X-Token-Count", "7").expect(200).header("X-Quota-Remaining-Tokens"))
        .isEqualTo("3");
    assertThat(evaluateWith("X-Token-Count", "0").expect(200).header("X-Quota-Remaining-Tokens"))
        .isEqualTo("1");
  }

  private Reply evaluateWith(String header, String value) {
    return client()
        .send("POST", tenant + "/evaluate", "{\"facts\": " + ADULT + "}", Map.of(header, value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1e3", "many", "99999999999999999999"})
  void aTokenCountIsAWholeNumber(String count) {
    put("/quota", "{\"tokensPerMonth\": 10}").expect(200);
    evaluateWith("X-Token-Count", count).problem(400, "token_count_invalid");
    assertThat(evaluate(tenant, ADULT).expect(200).header("X-Quota-Remaining-Tokens"))
        .isEqualTo("8");
  }

  @Test
  void aQuotaIsRevisedMemberByMember() {
    put("/quota", "{\"requestsPerMinute\": 100, \"tokensPerMinute\": 1000}").expect(200);
    Reply revised =
        put("/quota", "{\"requestsPerMinute\": 0, \"tokensPerHour\": 5, \"window\": \"sliding\"}")
            .expect(200);
    assertThat(revised.number("settings.quota.requestsPerMinute")).isZero();
    assertThat(revised.number("settings.quota.tokensPerMinute")).isEqualTo(1000);
    assertThat(revised.number("settings.quota.tokensPerHour")).isEqualTo(5);
    assertThat(revised.text("settings.quota.window")).isEqualTo("sliding");
    assertThat(client().get(administration).text()).isEqualTo(revised.text());
  }

  @Test
  void aRateIsLimited() {
    put("/rate-limit", "{\"requestsPerSecond\": 1, \"burst\": 2}").expect(200);
    put("/quota", "{\"requestsPerMonth\": 100}").expect(200);
    Reply first = client().get(tenant + "/rules").expect(200);
    assertThat(first.header("X-RateLimit-Limit")).isEqualTo("1");
    assertThat(first.header("X-RateLimit-Remaining")).isEqualTo("1");
    Reply last = first;
    for (int i = 0; i < 50 && last.status() == 200; i++) {
      last = client().get(tenant + "/rules");
    }
    last.problem(429, "tenant_rate_limited");
    assertThat(last.header("Retry-After")).isEqualTo("1");
    long remaining = Long.parseLong(requireNonNull(last.header("X-Quota-Remaining-Requests")));
    put("/rate-limit", "{\"requestsPerSecond\": 0}").expect(200);
    assertThat(client().get(tenant + "/rules").header("X-Quota-Remaining-Requests"))
        .as("what was denied is given back, and was told to be there")
        .isEqualTo(Long.toString(remaining - 1));
  }

  @ParameterizedTest
  @CsvSource({
    "allowedModels, X-Model, model not allowed",
    "allowedTools, X-Tool, tool not allowed"
  })
  void aPolicyAllowsWhatIsOnItsLists(String list, String header, String reason) {
    put("/policy", "{\"%s\": [\"small\"]}".formatted(list)).expect(200);
    put("/quota", "{\"requestsPerMonth\": 9}").expect(200);
    evaluateWith(header, "small").expect(200);
    Reply denied = evaluateWith(header, "large");
    denied.problem(403, "tenant_policy_denied");
    assertThat(denied.text("error")).isEqualTo(reason);
    assertThat(evaluate(tenant, ADULT).expect(200).header("X-Quota-Remaining-Requests"))
        .as("what is denied uses nothing")
        .isEqualTo("7");
    put("/policy", "{\"%s\": []}".formatted(list)).expect(200);
    evaluateWith(header, "large").expect(200);
  }

  @Test
  void aPolicyAllowsMethodsAndPaths() {
    put("/policy", "{\"allowedMethods\": [\"POST\"]}").expect(200);
    client().get(tenant + "/rules").problem(403, "tenant_policy_denied");
    evaluate(tenant, ADULT).expect(200);
    put("/policy", "{\"allowedMethods\": [], \"allowedPaths\": [\"%s/rule*\"]}".formatted(tenant))
        .expect(200);
    client().get(tenant + "/rules").expect(200);
    evaluate(tenant, ADULT).problem(403, "tenant_policy_denied");
  }

  @Test
  void aPolicyAllowsFunctionsAndMacros() {
    String starts = rule(tenant, "starts", "User.Citizenship.startsWith('C')");
    String lists = "{\"allowedFunctions\": [\"size\"], \"allowedMacros\": [\"has\"]}";
    Reply tried = put("/policy?dryRun=true", lists).expect(200);
    assertThat(tried.texts("effects.rulesFailed", "ruleName")).containsExactly("starts");
    assertThat(client().get(tenant + "/rules/" + starts).at("active")).isEqualTo(true);
    Reply narrowed = put("/policy", lists).expect(200);
    assertThat(narrowed.text("effects.rulesFailed.0.errors.0.code"))
        .isEqualTo("function_not_allowed");
    Reply broken = client().get(tenant + "/rules/" + starts).expect(200);
    assertThat(broken.at("active")).isEqualTo(false);
    assertThat(broken.text("errors.0.code")).isEqualTo("function_not_allowed");
    client()
        .post(tenant + "/rules", Map.of("name", "m", "expression", "[1].exists(x, x == 1)"))
        .problem(400, "macro_not_allowed");
    Reply refused =
        client()
            .post(
                tenant + "/rules",
                Map.of(
                    "name", "f", "expression", "size('a') == 1 && User.Citizenship.endsWith('A')"));
    refused.problem(400, "function_not_allowed");
    assertThat(refused.number("errors.0.span.offset")).isEqualTo(35);
    rule(tenant, "allowed", "has(User.Age) && size(User.Citizenship) > 2 || User.Age in [1, 2]");
    Reply open = put("/policy", "{\"allowedFunctions\": [], \"allowedMacros\": []}").expect(200);
    assertThat(open.texts("effects.rulesReactivated", "ruleName")).containsExactly("starts");
    assertThat(client().get(tenant + "/rules/" + starts).at("active")).isEqualTo(true);
  }

  @Test
  void aSuspendedTenantIsOnlyAdministered() {
    Reply suspended = client().post(administration + ":suspend", "").expect(200);
    assertThat(suspended.at("settings.suspended")).isEqualTo(true);
    evaluate(tenant, ADULT).problem(403, "tenant_suspended");
    client().get(tenant + "/rules").problem(403, "tenant_suspended");
    client()
        .post("/api/v1/evaluate", "{\"tenantId\": \"%s\", \"facts\": %s}".formatted(id(), ADULT))
        .problem(403, "tenant_suspended");
    client().get(administration).expect(200);
    assertThat(suspended(true)).contains(id());
    assertThat(suspended(false)).doesNotContain(id());
    client().get("/api/v1/admin/tenants?suspended=perhaps").problem(400, "parameter_invalid");
    client().post(administration + ":resume", "").expect(200);
    evaluate(tenant, ADULT).expect(200);
  }

  private String suspended(boolean wanted) {
    return client().get("/api/v1/admin/tenants?suspended=" + wanted).expect(200).text();
  }

  private String id() {
    return tenant.substring(tenant.lastIndexOf('/') + 1);
  }

  @Test
  void useIsReportedByTheDay() {
    put("/quota", "{\"requestsPerMonth\": 1}").expect(200);
    Reply before = client().get(administration + "/usage").expect(200);
    evaluate(tenant, ADULT).expect(200);
    evaluate(tenant, ADULT).expect(429);
    Reply usage = client().get(administration + "/usage").expect(200);
    assertThat(usage.number("total.requests") - before.number("total.requests")).isEqualTo(1);
    assertThat(usage.number("total.tokens")).isEqualTo(2);
    assertThat(usage.number("total.denied")).isEqualTo(1);
    client()
        .get(administration + "/usage?from=2026-02-01&to=2026-01-01")
        .problem(400, "parameter_invalid");
    client().get(administration + "/usage?from=yesterday").problem(400, "parameter_invalid");
  }

  @Test
  void tenantsDoNotShareTheirSettings() {
    String other = tenantWith(USER_AND_TRANSACTION);
    put("/quota", "{\"requestsPerMonth\": 1}").expect(200);
    evaluate(tenant, ADULT).expect(200);
    evaluate(tenant, ADULT).expect(429);
    evaluate(other, ADULT).expect(200);
    evaluate(other, ADULT).expect(200);
  }

  @Test
  void settingsAreChangesOfTheTenant() {
    Reply dry = client().put(administration + "/quota?dryRun=true", "{\"tokensPerDay\": 7}");
    assertThat(dry.expect(200).number("settings.quota.tokensPerDay")).isEqualTo(7);
    Reply found = client().get(administration);
    assertThat(found.number("settings.quota.tokensPerDay")).isZero();
    String stale = "\"1\"";
    client()
        .send("PUT", administration + "/quota", "{\"tokensPerDay\": 7}", Map.of("If-Match", stale))
        .problem(412, "revision_stale");
    put("/quota", "{\"tokensPerDay\": 7}").expect(200);
    Reply history = client().get(tenant + "/history").expect(200);
    assertThat(history.text("entries.0.changes.0.change")).isEqualTo("tenant_governed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/quota | {\"requestsPerMinute\": -1} | setting_invalid",
        "/quota | {\"requestsPerMinute\": \"100\"} | wrong_type",
        "/quota | {\"requestPerMinute\": 1} | member_unknown",
        "/quota | {\"window\": \"rolling\"} | setting_invalid",
        "/rate-limit | {} | setting_invalid",
        "/rate-limit | {\"requestsPerSecond\": 1, \"burst\": 0} | setting_invalid",
        "/rate-limit | {\"requestsPerSecond\": 0, \"burst\": 4} | setting_invalid",
        "/metadata | {\"metadata\": {\"owner\": \"a\\u202eb\"}} | entry_invalid",
        "/policy | {\"allowedModels\": [\"a\\u200bb\"]} | entry_invalid",
        "/policy | {\"allowedModels\": [1]} | wrong_type",
        "/policy | {\"allowedModels\": [\"a\\u0000b\"]} | entry_invalid",
        "/policy | {\"allowedMethods\": [\"get\"]} | setting_invalid",
        "/policy | {\"allowedPaths\": [\"api/v1\"]} | setting_invalid",
        "/policy | {\"allowedPaths\": [\"/api/*/rules\"]} | setting_invalid",
        "/decision-log | {\"mode\": \"some\"} | setting_invalid",
        "/decision-log | {\"rate\": 1.5} | setting_invalid",
        "/decision-log | {\"retentionDays\": 0} | setting_invalid",
        "/metadata | {} | setting_invalid"
      })
  void whatMakesNoSenseIsRefused(String setting, String body, String code) {
    put(setting, body).problem(400, code);
    assertThat(client().get(administration).text("settings.quota.window")).isEqualTo("fixed");
  }

  @Test
  void numbersThatAreTooLargeAreToldTheLargest() {
    assertThat(
            put("/quota", "{\"requestsPerMinute\": 9223372036854775808}")
                .problem(400, "wrong_type")
                .text("error"))
        .isEqualTo(
            "\"requestsPerMinute\" must be an integer from -9223372036854775808 to 9223372036854775807.");
    put("/rate-limit", "{\"requestsPerSecond\": 0, \"burst\": 0}").expect(200);
  }

  @Test
  void theHeaderMustNameTheTenantOfThePath() {
    client().send("GET", tenant + "/rules", null, Map.of("X-Tenant-ID", id())).expect(200);
    String other = tenant("other");
    client()
        .send("GET", tenant + "/rules", null, Map.of("X-Tenant-ID", other))
        .problem(403, "tenant_forbidden");
    client()
        .send("GET", tenant + "/rules", null, Map.of("X-Tenant-ID", "a b"))
        .problem(400, "tenant_invalid_id");
    client()
        .send("GET", tenant + "/rules", null, Map.of("X-Tenant-ID", "acme"))
        .problem(404, "tenant_not_found");
  }

  @Test
  void theHeaderNamesTheTenantWhereTheBodyDoesNot() {
    String facts = "{\"facts\": " + ADULT + "}";
    client().send("POST", "/api/v1/evaluate", facts, Map.of("X-Tenant-ID", id())).expect(200);
    client().post("/api/v1/evaluate", facts).problem(400, "tenant_id_required");
    String body = "{\"tenantId\": \"%s\", \"facts\": %s}".formatted(id(), ADULT);
    client()
        .send("POST", "/api/v1/evaluate", body, Map.of("X-Tenant-ID", tenant("other")))
        .problem(403, "tenant_forbidden");
  }

  @Test
  void accessIsExplained() {
    Reply verdict =
        client()
            .post(
                "/api/v1/admin/access:explain",
                Map.of(
                    "roles", List.of("evaluator"),
                    "action", "definitions:write",
                    "tenant", id()))
            .expect(200);
    assertThat(verdict.at("allowed")).isEqualTo(false);
    assertThat(verdict.text("reason")).isEqualTo("not_permitted");
    client()
        .post(
            "/api/v1/admin/access:explain", "{\"action\": \"rules:write\", \"roles\": [\"boss\"]}")
        .problem(400, "access_unknown");
  }
}
