package dev.tenet.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Scripts that tenants write themselves.
@Timeout(120)
abstract class ScriptsContract extends HttpContract {

  private static final String LARGE =
      "export function rate({amount}) { return amount > 1000 ? 0.1 : 0; }";
  private static final Map<String, ?> FUNCTIONS =
      Map.of(
          "rate",
          Map.of("input", Map.of("amount", "float64"), "output", "float64", "timeout_ms", 10_000));

  private String acme = "";
  private String other = "";

  @BeforeEach
  final void createTenants() {
    acme = tenantWith(USER_AND_TRANSACTION);
    other = tenantWith(USER_AND_TRANSACTION);
  }

  private Reply publish(String tenant, String source) {
    return client()
        .put(tenant + "/scripts/discount", Map.of("source", source, "functions", FUNCTIONS));
  }

  private Reply tried(String source) {
    return tried(source, 1500.0);
  }

  private Reply tried(String source, Object amount) {
    return client()
        .post(
            acme + "/scripts/discount:try",
            Map.of(
                "source",
                source,
                "functions",
                FUNCTIONS,
                "function",
                "rate",
                "payload",
                Map.of("amount", amount)));
  }

  private Reply invoke(String tenant, double amount) {
    return client()
        .post(
            tenant + "/invoke/script.discount.rate", "{\"payload\": {\"amount\": " + amount + "}}");
  }

  private Reply decision(String tenant) {
    return evaluate(tenant, "{\"Transaction\": {\"Amount\": 1500.0}}").expect(200);
  }

  @Test
  void aTriedScriptLeavesNothing() {
    assertThat(tried(LARGE).expect(200).at("result")).isEqualTo(0.1);
    assertThat(tried(LARGE, 1).expect(200).at("result")).isEqualTo(0.0);
    client().get(acme + "/scripts/discount").problem(404, "script_not_found");
    assertThat(client().get(acme + "/plugins").list("plugins")).isEmpty();
    tried(LARGE, "much").problem(400, "plugin_input_invalid");
    tried("export function rate() { return 'much'; }").problem(422, "plugin_invalid_output");
    Reply failed =
        tried("export function rate() { throw new Error('not on Sundays'); }")
            .problem(422, "plugin_error");
    assertThat(failed.text("detail")).isEqualTo("not on Sundays");
    tried("export function rate() { return [].length.x.y; }").problem(422, "plugin_error");
    tried(" ").problem(400, "script_source_invalid");
    tried("//" + "x".repeat(65_536)).problem(400, "script_source_invalid");
    client()
        .post(
            acme + "/scripts/discount:try",
            Map.of("source", LARGE, "functions", FUNCTIONS, "function", "rats"))
        .problem(400, "function_not_found");
  }

  /// JavaScript would make 9007199254740993 an even number, and a rule would decide by that.
  @Test
  void integersThatScriptsCannotHaveAreFaults() {
    Map<String, ?> functions =
        Map.of("same", Map.of("input", Map.of("age", "int"), "output", "int"));
    client()
        .put(
            acme + "/scripts/ident",
            Map.of("source", "export function same({age}) { return age; }", "functions", functions))
        .expect(200);
    String same = acme + "/invoke/script.ident.same";
    assertThat(client().post(same, "{\"payload\": {\"age\": -9007199254740991}}").at("result"))
        .isEqualTo(-9007199254740991L);
    for (String age : List.of("9007199254740993", "-9223372036854775808")) {
      assertThat(
              client()
                  .post(same, "{\"payload\": {\"age\": %s}}".formatted(age))
                  .problem(400, "plugin_input_invalid")
                  .text("detail"))
          .contains(age, "9007199254740991");
    }
    rule(acme, "same", "script.ident.same(User.Age) == User.Age");
    assertThat(
            evaluate(acme, "{\"User\": {\"Age\": 9007199254740993}}")
                .expect(200)
                .text("results.0.errorCode"))
        .isEqualTo("plugin_input_invalid");
    tried("export function rate() { return 1152921504606846976; }").expect(200);
    client()
        .put(
            acme + "/scripts/ident",
            Map.of(
                "source",
                "export function same({age}) { return 1152921504606846976; }",
                "functions",
                functions))
        .expect(200);
    client().post(same, "{\"payload\": {\"age\": 1}}").problem(422, "plugin_invalid_output");
  }

  @Test
  void aSyntaxErrorHasItsLineAndColumn() {
    Reply faulty = publish(acme, "export function rate({amount}) {\n  return amount >;\n}");
    faulty.problem(400, "script_syntax");
    assertThat(faulty.number("errors.0.span.line")).isEqualTo(2);
    assertThat(faulty.number("errors.0.span.column")).isBetween(10L, 20L);
    client().get(acme + "/scripts/discount").problem(404, "script_not_found");
    publish(acme, "let x = y.z;").problem(400, "script_failed");
    client()
        .put(acme + "/scripts/discount", Map.of("source", LARGE))
        .problem(400, "contract_required");
    client()
        .put(
            acme + "/scripts/2nd",
            Map.of("source", LARGE, "functions", FUNCTIONS, "calls", List.of("a.b.c")))
        .expect(400);
  }

  @Test
  void aScriptExportsTheFunctionsThatItSaysItHas() {
    String other = "export function rats() { return 1; }\nfunction rate() { return 0.1; }";
    Reply refused = publish(acme, other).problem(400, "script_function_missing");
    assertThat(refused.text("errors.0.field")).isEqualTo("functions.rate");
    assertThat(refused.text("errors.0.message")).contains("export function rate(");
    tried(other).problem(400, "script_function_missing");
    tried("export const rate = 0.1;").problem(400, "script_function_missing");
    tried("export const rate = ({amount}) => amount > 1000 ? 0.1 : 0;").expect(200);
    tried("function half() { return 0.5; }\nexport {half as rate};").expect(200);
    client().get(acme + "/scripts/discount").problem(404, "script_not_found");
  }

  @Test
  void rulesAndRequestsCallTheVersionPublishedLast() {
    Reply first = publish(acme, LARGE).expect(200);
    assertThat(first.text("version")).isEqualTo("1");
    assertThat(first.texts("signatures"))
        .containsExactly("script.discount.rate(float64) -> float64");
    rule(acme, "discount", "script.discount.rate(Transaction.Amount) > 0.05");
    assertThat(decision(acme).at("results.0.matched")).isEqualTo(true);
    assertThat(invoke(acme, 1500).expect(200).at("result")).isEqualTo(0.1);

    Reply second = publish(acme, LARGE.replace("0.1", "0.01")).expect(200);
    assertThat(second.text("previous")).isEqualTo("1");
    assertThat(decision(acme).at("results.0.matched")).isEqualTo(false);
    assertThat(invoke(acme, 1500).expect(200).at("result")).isEqualTo(0.01);
    Reply script = client().get(acme + "/scripts/discount").expect(200);
    assertThat(script.number("published")).isEqualTo(2);
    assertThat(script.text("source")).contains("0.01");
    assertThat(script.each("versions", "version")).isEqualTo(List.of("2", "1"));
    assertThat(script.list("signatures")).hasSize(1);
    Reply older = client().get(acme + "/scripts/discount?version=1").expect(200);
    assertThat(older.text("source")).isEqualTo(LARGE);
    assertThat(older.number("published")).isEqualTo(2);
    client().get(acme + "/scripts/discount?version=3").problem(404, "script_not_found");
  }

  @Test
  void tryingCountsAsACall() {
    client()
        .put(acme.replace("/v1/", "/v1/admin/") + "/quota", "{\"pluginCallsPerMonth\": 1}")
        .expect(200);
    tried(LARGE).expect(200);
    tried(LARGE).problem(429, "plugin_quota_exceeded");
  }

  @Test
  void whatTheTenantDoesNotAcceptMakesNoVersion() {
    publish(acme, LARGE).expect(200);
    Map<String, ?> needy =
        Map.of("source", LARGE, "functions", FUNCTIONS, "calls", List.of("script.missing"));
    Reply lonely = client().put(acme + "/scripts/discount", needy);
    lonely.problem(400, "plugin_dependency_missing");
    assertThat(lonely.text("errors.0.field")).isEqualTo("calls");
    String body = Client.json(Map.of("source", LARGE + " // 2", "functions", FUNCTIONS));
    client()
        .send("PUT", acme + "/scripts/discount", body, Map.of("If-Match", "\"1\""))
        .problem(412, "revision_stale");
    client().put(acme + "/scripts/discount?dryRun=true", body).expect(200);
    Map<String, String> named = Map.of("Idempotency-Key", "once");
    Reply once = client().send("PUT", acme + "/scripts/discount", body, named).expect(200);
    Reply again = client().send("PUT", acme + "/scripts/discount", body, named).expect(200);
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(again.text()).isEqualTo(once.text());
    assertThat(client().get(acme + "/scripts/discount").each("versions", "version"))
        .isEqualTo(List.of("2", "1"));
  }

  @Test
  void aScriptIsOfOneTenant() {
    publish(acme, LARGE).expect(200);
    client().get(other + "/scripts/discount").problem(404, "script_not_found");
    invoke(other, 1500).problem(404, "function_not_found");
    client()
        .post(
            other + "/rules",
            Map.of("name", "discount", "expression", "script.discount.rate(1.5) > 0.05"))
        .problem(400, "unknown_function");
    publish(other, LARGE.replace("0.1", "0.5")).expect(200);
    assertThat(invoke(acme, 1500).at("result")).isEqualTo(0.1);
    assertThat(invoke(other, 1500).at("result")).isEqualTo(0.5);
  }

  @Test
  void aRemovedScriptCanBePublishedAgain() {
    publish(acme, LARGE).expect(200);
    String rule =
        acme + "/rules/" + rule(acme, "discount", "script.discount.rate(Transaction.Amount) > 0.0");
    client().delete(acme + "/scripts/discount").expect(204);
    assertThat(client().get(rule).at("active")).isEqualTo(false);
    assertThat(client().get(rule).text("errors.0.code")).isEqualTo("unknown_function");
    invoke(acme, 1500).problem(404, "function_not_found");
    client().delete(acme + "/scripts/discount").problem(404, "script_not_found");
    Reply removed = client().get(acme + "/scripts/discount").expect(200);
    assertThat(removed.at("published")).isNull();
    assertThat(removed.text("source")).isEqualTo(LARGE);

    assertThat(publish(acme, LARGE).expect(200).text("version")).isEqualTo("2");
    assertThat(client().get(rule).at("active")).isEqualTo(true);
    assertThat(decision(acme).at("results.0.matched")).isEqualTo(true);
  }

  @Test
  void aScriptCallsWhatItSaysThatItCalls() {
    publish(acme, LARGE).expect(200);
    String source =
        "export function price({amount}) { return amount * (1 - tenet.invoke('script.discount.rate', {amount})); }";
    Map<String, ?> functions =
        Map.of(
            "price",
            Map.of(
                "input", Map.of("amount", "float64"), "output", "float64", "timeout_ms", 10_000));
    client()
        .put(acme + "/scripts/shop", Map.of("source", source, "functions", functions))
        .expect(200);
    String price = acme + "/invoke/script.shop.price";
    Reply denied = client().post(price, "{\"payload\": {\"amount\": 2000.0}}");
    denied.problem(422, "plugin_error");
    assertThat(denied.text("detail"))
        .contains("\"script.discount.rate\"", "\"calls\": [\"script.discount\"]");
    client()
        .put(
            acme + "/scripts/shop",
            Map.of("source", source, "functions", functions, "calls", List.of("script.discount")))
        .expect(200);
    assertThat(client().post(price, "{\"payload\": {\"amount\": 2000.0}}").expect(200).at("result"))
        .isEqualTo(1800.0);
    client().delete(acme + "/scripts/discount").problem(400, "plugin_dependency_missing");
  }

  @Test
  void anEndlessScriptHoldsUpNobodyElse() throws Exception {
    Map<String, ?> functions = Map.of("f", Map.of("output", "int", "timeout_ms", 3_000));
    client()
        .put(
            acme + "/scripts/endless",
            Map.of("source", "export function f() { while (true) { } }", "functions", functions))
        .expect(200);
    publish(other, LARGE).expect(200);
    rule(other, "discount", "script.discount.rate(Transaction.Amount) > 0.05");
    try (ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Reply>> hanging = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        hanging.add(users.submit(() -> client().post(acme + "/invoke/script.endless.f", "{}")));
      }
      assertThat(decision(other).at("results.0.matched")).isEqualTo(true);
      assertThat(hanging).as("calls that have not ended yet").anyMatch(call -> !call.isDone());
      List<Integer> statuses = new ArrayList<>();
      for (Future<Reply> call : hanging) {
        statuses.add(call.get().status());
      }
      assertThat(statuses).contains(504).containsOnly(503, 504);
    }
  }

  @Test
  void whoPublishedAScriptIsRecorded() {
    publish(acme, LARGE).expect(200);
    client().delete(acme + "/scripts/discount").expect(204);
    Reply records = client().get(acme + "/audit?action=tenant_governed").expect(200);
    assertThat(records.list("records")).hasSize(2);
    assertThat(records.text()).contains("script.discount");
  }

  @Test
  void aDeletedTenantTakesItsScriptsWithIt() {
    Map<String, String> named = Map.of("Idempotency-Key", "scripts-" + acme);
    String body = "{\"name\": \"short-lived\"}";
    Reply created = client().send("POST", "/api/v1/tenants", body, named).expect(201);
    String tenant = "/api/v1/tenants/" + created.text("id");
    publish(tenant, LARGE).expect(200);
    client().delete(tenant).expect(204);
    client().get(tenant + "/scripts/discount").problem(404, "tenant_not_found");
    invoke(tenant, 1500).problem(404, "tenant_not_found");
    Reply anew = client().send("POST", "/api/v1/tenants", body, named).expect(201);
    assertThat(anew.text("id")).isEqualTo(created.text("id"));
    client().get(tenant + "/scripts/discount").problem(404, "script_not_found");
    assertThat(publish(tenant, LARGE).expect(200).text("version")).isEqualTo("1");
  }
}
