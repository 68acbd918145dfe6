package dev.tenet.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.bootstrap.plugin.TestModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Published plugins from their activation by a tenant to a decision that they take part in.
@Timeout(120)
abstract class PluginUseContract extends PluginContract {

  @Test
  void whatATenantsFactsLookLike() {
    Reply contracts = client().get(acme + "/contracts").expect(200);
    assertThat(contracts.number("schemaVersion")).isEqualTo(1);
    assertThat(contracts.at("facts.properties.User.properties.Age.type")).isEqualTo("integer");
    assertThat(contracts.header("ETag")).isNotEmpty();
    Reply without =
        client().get("/api/v1/tenants/" + tenant("without-schema") + "/contracts").expect(200);
    assertThat(without.at("facts")).isNull();
  }

  @Test
  void onlyTheTenantThatHasItSeesIt() {
    published("1.0.0", "0.19");
    Reply active = activate(acme, "{}").expect(200);
    assertThat(active.text("version")).isEqualTo("1.0.0");
    assertThat(active.texts("signatures"))
        .containsExactly("plugin.%s.tax.rate(string) -> float64".formatted(plugin));
    assertThat(active.header("ETag")).isNotNull();
    rule(acme, "taxed", call("User.Citizenship") + " == 0.19");
    assertThat(decision(acme).at("results.0.matched")).isEqualTo(true);
    assertThat(rate(acme)).isEqualTo(0.19);

    client()
        .post(other + "/rules", Map.of("name", "taxed", "expression", call("'NL'") + " > 0.1"))
        .problem(400, "unknown_function");
    invoke(other, "{\"country\": \"NL\"}").problem(404, "function_not_found");
    assertThat(client().get(other + "/plugins").expect(200).list("plugins")).isEmpty();
    assertThat(client().get(acme + "/plugins").expect(200).each("plugins", "name"))
        .isEqualTo(List.of(plugin));
  }

  @Test
  void rulesAreCheckedAgainstTheContract() {
    published("1.0.0", "0.19");
    activate(acme, "{}").expect(200);
    for (Map.Entry<String, String> faulty :
        Map.of(
                call("User.Age") + " > 0.1",
                "type_mismatch",
                call("") + " > 0.1",
                "type_mismatch",
                call("'NL', 'DE'") + " > 0.1",
                "type_mismatch",
                call("'NL'") + " == 'high'",
                "type_mismatch",
                "plugin.%s.tax.rat('NL') > 0.1".formatted(plugin),
                "unknown_function")
            .entrySet()) {
      Reply reply =
          client()
              .post(
                  acme + "/rules",
                  Map.of("name", "faulty", "expression", "true && " + faulty.getKey()));
      assertThat(reply.text("code")).as(faulty.getKey()).isEqualTo(faulty.getValue());
      assertThat(reply.number("errors.0.span.line")).isEqualTo(1);
      assertThat(reply.number("errors.0.span.column")).isGreaterThan(8);
    }
  }

  @Test
  void aTenantCallsWhatItWasGranted() {
    publish(
            manifest("1.0.0", RATE.replace("}}}", "}, \"base\": {\"output\": \"float64\"}}}")),
            giving("0.19"))
        .expect(201);
    Reply unknown = activate(acme, "{\"functions\": [\"tax.rates\"]}");
    unknown.problem(400, "plugin_function_unknown");
    assertThat(unknown.text("detail")).contains("tax.rate", "tax.base");
    activate(acme, "{\"host\": [\"files\"]}").problem(400, "capability_unknown");
    activate(acme, "{\"functions\": []}").problem(400, "plugin_grant_empty");
    Reply granted =
        activate(acme, "{\"functions\": [\"tax.base\"], \"host\": [\"log\"]}").expect(200);
    assertThat(granted.texts("granted")).containsExactly("tax.base");
    assertThat(granted.texts("host")).containsExactly("log");
    assertThat(granted.texts("signatures"))
        .containsExactly("plugin.%s.tax.base() -> float64".formatted(plugin));
    invoke(acme, "{\"country\": \"NL\"}").problem(404, "function_not_found");
    client()
        .post(acme + "/rules", Map.of("name", "taxed", "expression", call("'NL'") + " > 0.1"))
        .problem(400, "unknown_function");
    rule(acme, "base", "plugin.%s.tax.base() > 0.1".formatted(plugin));
    activate(acme, "{}").expect(200);
    assertThat(rate(acme)).isEqualTo(0.19);
  }

  @Test
  void aTenantMayCallAsOftenAsItsQuotaSays() {
    published("1.0.0", "0.19");
    activate(acme, "{}").expect(200);
    activate(other, "{}").expect(200);
    rule(acme, "adult", "User.Age > 18");
    rule(acme, "taxed", call("User.Citizenship") + " > 0.1");
    String quota = acme.replace("/v1/", "/v1/admin/") + "/quota";
    client().put(quota, "{\"pluginCallsPerMonth\": 2}").expect(200);
    assertThat(decision(acme).at("results.1.matched")).isEqualTo(true);
    assertThat(rate(acme)).isEqualTo(0.19);
    Reply over = decision(acme);
    assertThat(over.at("results.0.matched")).isEqualTo(true);
    assertThat(over.text("results.1.errorCode")).isEqualTo("plugin_quota_exceeded");
    Reply refused = invoke(acme, "{\"country\": \"NL\"}");
    refused.problem(429, "plugin_quota_exceeded");
    assertThat(refused.headers().firstValue("Retry-After")).isPresent();
    assertThat(rate(other)).isEqualTo(0.19);
    client().put(quota, "{\"pluginCallsPerMonth\": 0}").expect(200);
    assertThat(decision(acme).at("results.1.matched")).isEqualTo(true);
  }

  @Test
  void aTenantGoesBackToTheVersionBefore() {
    published("1.0.0", "0.19");
    published("1.1.0", "0.07");
    Reply missing = client().post(installed(acme) + ":rollback", "{}");
    assertThat(missing.problem(404, "plugin_not_found").text("detail"))
        .contains("activate it first");
    activate(acme, "{\"version\": \"1.0.0\", \"functions\": [\"tax.rate\"]}").expect(200);
    Reply first = client().post(installed(acme) + ":rollback", "{}");
    assertThat(first.problem(404, "plugin_not_found").text("detail")).contains("no other version");
    rule(acme, "high", call("User.Citizenship") + " > 0.1");
    assertThat(decision(acme).at("results.0.matched")).isEqualTo(true);
    assertThat(activate(acme, "{}").expect(200).text("previous")).isEqualTo("1.0.0");
    assertThat(decision(acme).at("results.0.matched")).isEqualTo(false);
    Reply back = client().post(installed(acme) + ":rollback", "{}").expect(200);
    assertThat(back.text("version")).isEqualTo("1.0.0");
    assertThat(back.text("previous")).isEqualTo("1.1.0");
    assertThat(decision(acme).at("results.0.matched")).isEqualTo(true);
    assertThat(
            activate(acme, "{\"version\": \"9.0.0\"}")
                .problem(404, "plugin_not_found")
                .text("detail"))
        .contains("9.0.0", plugin);
  }

  @Test
  void rulesOfAPluginThatIsGoneAreInactiveUntilItIsBack() {
    published("1.0.0", "0.19");
    activate(acme, "{}").expect(200);
    String rule = acme + "/rules/" + rule(acme, "taxed", call("User.Citizenship") + " > 0.1");
    rule(acme, "adult", "User.Age >= 18");
    client().delete(installed(acme) + "?dryRun=true").expect(204);
    assertThat(client().get(rule).at("active")).isEqualTo(true);
    client().delete(installed(acme)).expect(204);
    Reply broken = client().get(rule).expect(200);
    assertThat(broken.at("active")).isEqualTo(false);
    assertThat(broken.text("errors.0.code")).isEqualTo("unknown_function");
    assertThat(decision(acme).each("results", "ruleName")).isEqualTo(List.of("adult"));
    invoke(acme, "{\"country\": \"NL\"}").problem(404, "function_not_found");
    client().delete(installed(acme)).problem(404, "plugin_not_found");

    activate(acme, "{}").expect(200);
    assertThat(client().get(rule).at("active")).isEqualTo(true);
    assertThat(decision(acme).list("results")).hasSize(2);
    assertThat(client().get(acme + "/history").expect(200).text())
        .contains("rule_broken", "rule_repaired");
  }

  @Test
  void aVersionThatBreaksRulesTellsWhich() {
    published("1.0.0", "0.19");
    activate(acme, "{}").expect(200);
    String rule = acme + "/rules/" + rule(acme, "taxed", call("'NL'") + " > 0.1");
    publish(manifest("2.0.0", RATE.replace("float64", "string")), giving("\"high\"")).expect(201);
    Reply tried = client().put(installed(acme) + "?dryRun=true", "{}").expect(200);
    assertThat(tried.text("version")).isEqualTo("2.0.0");
    assertThat(tried.text("effects.rulesFailed.0.ruleName")).isEqualTo("taxed");
    assertThat(tried.text("effects.rulesFailed.0.errors.0.code")).isEqualTo("type_mismatch");
    assertThat(client().get(rule).at("active")).isEqualTo(true);
    assertThat(activate(acme, "{}").expect(200).texts("effects.rulesFailed", "ruleName"))
        .containsExactly("taxed");
    assertThat(client().get(rule).text("errors.0.code")).isEqualTo("type_mismatch");
    Reply back = client().post(installed(acme) + ":rollback", "{}").expect(200);
    assertThat(back.texts("effects.rulesReactivated", "ruleName")).containsExactly("taxed");
    assertThat(client().get(rule).at("active")).isEqualTo(true);
  }

  @Test
  void whatOthersNeedStays() {
    published("1.0.0", "0.19");
    String shop = plugin.replace("pricing", "shop");
    publish(
            manifest("1.0.0", "{\"cart\": {\"total\": {\"output\": \"float64\"}}}")
                .replace(plugin, shop)
                .replaceFirst("\\{", "{\"dependencies\": [\"%s.tax\"], ".formatted(plugin)),
            giving("1.5"))
        .expect(201);
    String shopOfAcme = installed(acme).replace(plugin, shop);
    client().put(shopOfAcme, "{}").problem(400, "plugin_dependency_missing");
    activate(acme, "{}").expect(200);
    client().put(shopOfAcme, "{}").expect(200);
    client().delete(installed(acme)).problem(400, "plugin_dependency_missing");
    client().delete(shopOfAcme).expect(204);
    client().delete(installed(acme)).expect(204);
  }

  @Test
  void whatGoesInAndComesOutIsHeldAgainstTheContract() {
    published("1.0.0", "\"high\"");
    activate(acme, "{}").expect(200);
    Reply faulty = invoke(acme, "{\"country\": 7, \"contry\": \"NL\"}");
    faulty.problem(400, "plugin_input_invalid");
    assertThat(faulty.texts("errors", "pointer"))
        .containsExactlyInAnyOrder("/payload/country", "/payload/contry");
    assertThat(invoke(acme, "{}").problem(400, "plugin_input_invalid").text("errors.0.code"))
        .isEqualTo("argument_required");
    invoke(acme, "{\"country\": \"NL\"}").problem(422, "plugin_invalid_output");
    client().post(acme + "/invoke/nonsense", "{}").problem(404, "function_not_found");
    rule(acme, "taxed", call("'NL'") + " > 0.1");
    Reply decided = decision(acme);
    assertThat(decided.at("results.0.matched")).isEqualTo(false);
    assertThat(decided.text("results.0.errorCode")).isEqualTo("plugin_invalid_output");
  }

  @Test
  void anEndlessPluginHoldsUpNobodyElse() throws Exception {
    published("1.0.0", "0.19");
    activate(other, "{}").expect(200);
    publish(manifest("1.0.1", RATE.replace("10000", "3000")), TestModule.endless()).expect(201);
    activate(acme, "{\"version\": \"1.0.1\"}").expect(200);
    try (ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Reply>> hanging = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        hanging.add(users.submit(() -> invoke(acme, "{\"country\": \"NL\"}")));
      }
      assertThat(rate(other)).isEqualTo(0.19);
      assertThat(hanging).as("calls that have not ended yet").anyMatch(call -> !call.isDone());
      List<Integer> statuses = new ArrayList<>();
      for (Future<Reply> call : hanging) {
        statuses.add(call.get().status());
      }
      assertThat(statuses).contains(504).isSubsetOf(503, 504);
    }
    rule(acme, "endless", call("'NL'") + " > 0.1");
    rule(acme, "adult", "User.Age >= 18");
    Reply decided = decision(acme);
    assertThat(decided.texts("results", "ruleName")).contains("adult", "endless");
    assertThat(decided.text()).containsAnyOf("plugin_timeout", "deadline_exceeded");
  }

  @Test
  void whoDidWhatIsRecorded() {
    published("1.0.0", "0.19");
    activate(acme, "{\"host\": [\"log\"]}").expect(200);
    client().delete(installed(acme)).expect(204);
    Reply platform = client().get("/api/v1/audit?action=plugin_published&pageSize=1").expect(200);
    assertThat(platform.text("records.0.resource")).isEqualTo("plugin/" + plugin);
    assertThat(platform.text("records.0.detail.version")).isEqualTo("1.0.0");
    Reply tenant = client().get(acme + "/audit?action=tenant_governed").expect(200);
    assertThat(tenant.list("records")).hasSize(2);
    assertThat(tenant.text("records.1.detail.after.plugins." + plugin + ".version")).isNotEmpty();
  }
}
