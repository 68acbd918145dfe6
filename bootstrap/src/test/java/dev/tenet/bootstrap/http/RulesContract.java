package dev.tenet.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requirements A5 and A11.01.
abstract class RulesContract extends HttpContract {

  @Test
  void addsARule() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    Reply added =
        client()
            .post(
                tenant + "/rules",
                """
                {"name": "adult", "expression": "User.Age >= 18", "description": "Must be 18",
                 "tags": ["b", "a"], "then": {"score": "User.Age * 2", "why": "'old enough'"}}
                """)
            .expect(201);
    assertThat(added.text("id")).hasSize(36);
    assertThat(added.text("description")).isEqualTo("Must be 18");
    assertThat(added.at("enabled")).isEqualTo(true);
    assertThat(added.at("active")).isEqualTo(true);
    assertThat(added.list("tags")).isEqualTo(List.of("a", "b"));
    assertThat(added.at("then")).hasToString("{score=User.Age * 2, why='old enough'}");
    assertThat(added.header("Location")).endsWith("/rules/" + added.text("id"));
    assertThat(added.number("cost.typical")).isPositive();
    assertThat(added.text("cost.dearest")).isEqualTo("User.Age >= 18");
    assertThat(added.at("warnings")).isNull();
    Map<?, ?> kept = new LinkedHashMap<>((Map<?, ?>) added.json());
    kept.remove("cost");
    assertThat(client().get(tenant + "/rules/" + added.text("id")).json()).isEqualTo(kept);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?dryRun=true"})
  void saysWhatAConditionCostsAndWarns(String query) {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    String rules = tenant + "/rules";
    String dear = "lists.range(900000).all(x, x < User.Age)";
    Reply checked =
        client().post(tenant + "/expressions:check", Map.of("expression", dear)).expect(200);
    Reply added = client().post(rules + query, Map.of("name", "r", "expression", dear)).expect(201);
    assertThat(added.at("cost")).isEqualTo(checked.at("cost"));
    assertThat(added.at("warnings")).isEqualTo(checked.at("diagnostics"));
    assertThat(added.text("warnings.0.code")).isEqualTo("cost_high");

    String rule =
        rules + "/" + client().post(rules, Map.of("name", "s", "expression", "true")).text("id");
    Reply revised = client().put(rule + query, "{\"expression\":\"User.Age + 1\"}").expect(200);
    assertThat(revised.text("warnings.0.code")).isEqualTo("not_boolean");
    assertThat(revised.number("cost.typical")).isLessThan(100);
    client().put(rule, revised.text()).expect(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"name\":\"x\"}",
        "{\"expression\":\"true\"}",
        "{\"name\":\"\",\"expression\":\"true\"}",
        "{\"name\":\"x\",\"expression\":\"\"}"
      })
  void requiresNameAndExpression(String body) {
    Reply refused =
        client()
            .post(tenantWith(USER_AND_TRANSACTION) + "/rules", body)
            .problem(400, "name_and_expression_required");
    assertThat(refused.text("error")).isEqualTo("name and expression are required");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "User.Age >=|syntax_error",
        "User.Age === 18|syntax_error",
        "UndefinedField.Value > 0|unknown_name",
        "(User.Age >= 18|syntax_error",
        "User.Age..Bad|syntax_error",
        "User.Aeg > 1|unknown_field",
        "User.Age >= '18'|type_mismatch",
      })
  void refusesWhatDoesNotCompile(String expression, String code) {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    Reply refused =
        client()
            .post(tenant + "/rules", Map.of("name", "bad", "expression", expression))
            .problem(400, code);
    assertThat(refused.number("errors.0.span.line")).isEqualTo(1);
    assertThat(client().get(tenant + "/rules").list("rules")).isEmpty();
  }

  @Test
  void suggestsWhatWasMeant() {
    Reply refused =
        client()
            .post(
                tenantWith(USER_AND_TRANSACTION) + "/rules",
                "{\"name\":\"bad\",\"expression\":\"User.Aeg > 1\"}")
            .problem(400, "unknown_field");
    assertThat(refused.text("errors.0.suggestion")).isEqualTo("Age");
    assertThat(refused.text("field")).isEqualTo("expression");
  }

  @Test
  void reportsFaultsOfOutputs() {
    Reply refused =
        client()
            .post(
                tenantWith(USER_AND_TRANSACTION) + "/rules",
                "{\"name\":\"bad\",\"expression\":\"true\",\"then\":{\"score\":\"User.Nope\"}}")
            .problem(400, "unknown_field");
    assertThat(refused.text("errors.0.field")).isEqualTo("then.score");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "User.Age >= 18",
        "Transaction.Amount > 1000",
        "!(User.Age < 18 || User.Age > 65) && true",
        "Transaction.Amount * 0.1 > 100.0",
        "User.Citizenship.startsWith('C') && User.Citizenship.contains('A')",
        "User.Citizenship in ['CANADA', 'USA']",
      })
  void acceptsWhatUsersWrite(String expression) {
    rule(tenantWith(USER_AND_TRANSACTION), "r", expression);
  }

  @Test
  void needsASchema() {
    client()
        .post(
            "/api/v1/tenants/" + tenant("acme") + "/rules",
            "{\"name\":\"r\",\"expression\":\"true\"}")
        .problem(409, "schema_not_found");
  }

  @Test
  void keepsNamesUniqueWithinATenant() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    rule(tenant, "r", "true");
    client()
        .post(tenant + "/rules", "{\"name\":\"r\",\"expression\":\"false\"}")
        .problem(409, "name_taken");
    rule(tenantWith(USER_AND_TRANSACTION), "r", "true");
  }

  @Test
  void listsNewestFirstWithFilters() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    assertThat(client().get(tenant + "/rules").list("rules")).isEmpty();
    rule(tenant, "one", "true");
    client()
        .post(
            tenant + "/rules",
            "{\"name\":\"two\",\"expression\":\"true\",\"active\":false,\"tags\":[\"fraud\"]}")
        .expect(201);
    rule(tenant, "three", "true");
    assertThat(client().get(tenant + "/rules").each("rules", "name"))
        .isEqualTo(List.of("three", "two", "one"));
    assertThat(client().get(tenant + "/rules?active=false").each("rules", "name"))
        .isEqualTo(List.of("two"));
    assertThat(client().get(tenant + "/rules?tag=fraud").each("rules", "name"))
        .isEqualTo(List.of("two"));
    assertThat(client().get(tenant + "/rules?name=THR").each("rules", "name"))
        .isEqualTo(List.of("three"));
    Reply page = client().get(tenant + "/rules?pageSize=2");
    assertThat(
            client()
                .get(tenant + "/rules?pageSize=2&pageToken=" + page.text("nextPageToken"))
                .each("rules", "name"))
        .isEqualTo(List.of("one"));
  }

  @Test
  void revisesOnlyWhatIsNamed() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    String path = tenant + "/rules/" + rule(tenant, "r", "User.Age > 18");
    Reply before = client().get(path);
    Reply after = client().put(path, "{\"description\":\"now with words\"}").expect(200);
    assertThat(after.text("name")).isEqualTo("r");
    assertThat(after.text("expression")).isEqualTo("User.Age > 18");
    assertThat(after.at("active")).isEqualTo(true);
    assertThat(after.text("createdAt")).isEqualTo(before.text("createdAt"));
    assertThat(after.text("updatedAt")).isGreaterThan(before.text("updatedAt"));
  }

  @Test
  void leavesTheOldLogicRunningWhenAChangeIsRefused() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    String path = tenant + "/rules/" + rule(tenant, "r", "User.Age > 18");
    rule(tenant, "other", "true");
    client().put(path, "{\"expression\":\"User.Age >\"}").problem(400, "syntax_error");
    client()
        .put(path, "{\"name\":\"other\",\"expression\":\"User.Age > 100\"}")
        .problem(409, "name_taken");
    assertThat(client().get(path).text("expression")).isEqualTo("User.Age > 18");
    assertThat(evaluate(tenant, "{\"User\":{\"Age\":20}}").at("results.0.matched")).isEqualTo(true);
  }

  @Test
  void deactivatesAndActivates() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    String path = tenant + "/rules/" + rule(tenant, "r", "true");
    client().put(path, "{\"active\":false}").expect(200);
    assertThat(evaluate(tenant, "{}").list("results")).isEmpty();
    client().put(path, "{\"active\":true}").expect(200);
    assertThat(evaluate(tenant, "{}").list("results")).hasSize(1);
  }

  @Test
  void enablesAndDisables() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    String path = tenant + "/rules/" + rule(tenant, "r", "true");
    Reply off = client().put(path, "{\"enabled\":false}").expect(200);
    assertThat(off.at("enabled")).isEqualTo(false);
    assertThat(off.at("active")).isEqualTo(false);
    assertThat(evaluate(tenant, "{}").list("results")).isEmpty();
    assertThat(client().put(path, "{\"name\":\"s\"}").expect(200).at("enabled")).isEqualTo(false);
    assertThat(client().get(tenant + "/rules?enabled=false").each("rules", "name"))
        .isEqualTo(List.of("s"));
    assertThat(client().get(tenant + "/rules?enabled=true").list("rules")).isEmpty();
    assertThat(client().put(path, "{\"enabled\":true}").expect(200).at("active")).isEqualTo(true);
    assertThat(evaluate(tenant, "{}").list("results")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|true",
        ",'enabled':true|true",
        ",'enabled':false|false",
        ",'active':false|false",
        ",'enabled':false,'active':false|false",
        ",'enabled':true,'active':true|true",
        ",'enabled':true,'active':false|",
        ",'enabled':false,'active':true|",
      },
      quoteCharacter = '~')
  void addsRulesAsTheirAuthorsWantThem(@Nullable String members, @Nullable Boolean enabled) {
    String body = "{'name':'r','expression':'true'%s}".formatted(members == null ? "" : members);
    Reply answer =
        client().post(tenantWith(USER_AND_TRANSACTION) + "/rules", body.replace('\'', '"'));
    if (enabled == null) {
      answer.problem(400, "active_contradicts_enabled");
      assertThat(answer.text("field")).isEqualTo("active");
    } else {
      assertThat(answer.expect(201).at("enabled")).isEqualTo(enabled);
      assertThat(answer.at("active")).isEqualTo(enabled);
    }
  }

  @Test
  void takesBackAWholeRuleWithOneMemberChanged() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    String path = tenant + "/rules/" + rule(tenant, "r", "true");
    String on = client().get(path).text();
    Reply off = client().put(path, on.replace("\"enabled\":true", "\"enabled\":false")).expect(200);
    assertThat(off.at("active")).isEqualTo(false);
    Reply back = client().put(path, off.text().replace("\"enabled\":false", "\"enabled\":true"));
    assertThat(back.expect(200).at("active")).isEqualTo(true);
    Reply refused = client().put(path, on.replace("\"active\":true", "\"active\":false"));
    refused.problem(400, "active_contradicts_enabled");
    assertThat(refused.text("error")).contains("\"active\": false", "\"enabled\": true");
    client().put(path, off.text().replace("\"active\":false", "\"active\":true")).expect(200);
    String other = tenant + "/rules/" + rule(tenant, "other", "true");
    client().put(other, on).problem(400, "id_mismatch");
    client().put(other, "{\"id\":null}").problem(400, "id_mismatch");
  }

  @Test
  void takesBackABrokenRuleAsItWasRead() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    String path = tenant + "/rules/" + rule(tenant, "r", "User.Age > 18");
    String broken = "{\"definition\":{\"User\":{\"Name\":\"string\"}}}";
    client().put(tenant + "/schema", broken).expect(200);
    Reply read = client().get(path);
    assertThat(read.at("enabled")).isEqualTo(true);
    assertThat(read.at("active")).isEqualTo(false);
    assertThat(client().get(tenant + "/rules?enabled=true&active=false").list("rules")).hasSize(1);

    Reply written = client().put(path, read.text()).expect(200);
    assertThat(written.at("enabled")).isEqualTo(true);
    assertThat(written.text("error")).isEqualTo(read.text("error"));
    Reply renamed = client().put(path, read.text().replace("\"r\"", "\"renamed\"")).expect(200);
    assertThat(renamed.at("enabled")).isEqualTo(true);
    client().put(path, "{\"active\":false,\"description\":\"by a client of old\"}").expect(200);

    client().put(tenant + "/schema", USER_AND_TRANSACTION).expect(200);
    assertThat(client().get(path).at("active")).isEqualTo(true);
  }

  @Test
  void aBrokenRuleCanBeSwitchedOffAndIsNotSwitchedOnUnlessItCompiles() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    String path = tenant + "/rules/" + rule(tenant, "r", "User.Age > 18");
    client()
        .put(tenant + "/schema", "{\"definition\":{\"User\":{\"Name\":\"string\"}}}")
        .expect(200);
    assertThat(client().put(path, "{\"enabled\":false}").expect(200).at("enabled"))
        .isEqualTo(false);
    client().put(path, "{\"enabled\":true}").problem(400, "unknown_field");
    assertThat(
            client()
                .put(path, "{\"enabled\":true,\"expression\":\"User.Name == 'x'\"}")
                .expect(200)
                .at("active"))
        .isEqualTo(true);
  }

  @Test
  void refusesToActivateWhatDoesNotCompile() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    String path = tenant + "/rules/" + rule(tenant, "r", "User.Age > 18");
    client()
        .put(tenant + "/schema", "{\"definition\":{\"User\":{\"Name\":\"string\"}}}")
        .expect(200);
    client().put(path, "{\"active\":true}").problem(400, "unknown_field");
    assertThat(client().put(path, "{\"name\":\"renamed\"}").expect(200).at("active"))
        .isEqualTo(false);
  }

  @Test
  void removesOnce() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    String path = tenant + "/rules/" + rule(tenant, "r", "true");
    assertThat(client().delete(path).expect(204).text()).isEmpty();
    client().delete(path).problem(404, "rule_not_found");
    assertThat(evaluate(tenant, "{}").list("results")).isEmpty();
  }

  @Test
  void isolatesTenants() {
    String mine = tenantWith(USER_AND_TRANSACTION);
    String rule = rule(mine, "r", "true");
    String theirs = tenantWith(USER_AND_TRANSACTION) + "/rules/" + rule;
    client().get(theirs).problem(404, "rule_not_found");
    client().put(theirs, "{\"name\":\"stolen\"}").problem(404, "rule_not_found");
    client().delete(theirs).problem(404, "rule_not_found");
    Reply decision =
        client()
            .post(
                theirs.replaceAll("/rules/.*", "/evaluate"),
                Map.of("facts", Map.of(), "rules", List.of(rule)));
    assertThat(decision.expect(200).list("results")).isEmpty();
    assertThat(decision.list("notFound")).isEqualTo(List.of(rule));
    assertThat(client().get(mine + "/rules/" + rule).text("name")).isEqualTo("r");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "1-2-3-4-5", "00000000-0000-0000-0000-000000000000"})
  void knowsNoOtherRules(String id) {
    String path = tenantWith(USER_AND_TRANSACTION) + "/rules/" + id;
    client().get(path).problem(404, "rule_not_found");
    client().put(path, "{\"name\":\"r\"}").problem(404, "rule_not_found");
    client().delete(path).problem(404, "rule_not_found");
  }

  @Test
  void checksExpressions() {
    String check = tenantWith(USER_AND_TRANSACTION) + "/expressions:check";
    Reply good =
        client()
            .post(check, "{\"expression\":\"User.Age >= 18 && Transaction.Amount > 1000\"}")
            .expect(200);
    assertThat(good.at("valid")).isEqualTo(true);
    assertThat(good.text("type")).isEqualTo("bool");
    assertThat(good.list("references")).isEqualTo(List.of("Transaction.Amount", "User.Age"));
    assertThat(good.number("cost.typical")).isPositive();
    Reply bad = client().post(check, "{\"expression\":\"User.Aeg +\"}").expect(200);
    assertThat(bad.at("valid")).isEqualTo(false);
    assertThat(bad.list("diagnostics")).isNotEmpty();
  }

  @Test
  void refusesWhatNoFactsCanMakeCheapEnough() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    String hopeless =
        "User.Age > 1 && true ? lists.range(2000000).size() > 0 : [2] == lists.range(3000000)";
    Reply refused =
        client()
            .post(tenant + "/rules?dryRun=true", Map.of("name", "r", "expression", hopeless))
            .problem(400, "cost_hopeless");
    assertThat(refused.text("error"))
        .contains("at least 200000", "limit is 1000000", "lists.range");
    assertThat(refused.text("errors.0.field")).isEqualTo("expression");
    client()
        .post(
            tenant + "/rules",
            Map.of("name", "r", "expression", "true", "then", Map.of("o", hopeless)))
        .problem(400, "cost_hopeless");
    client()
        .post(tenant + "/derived", Map.of("name", "d", "expression", hopeless))
        .problem(400, "cost_hopeless");
    Reply dear =
        client()
            .post(
                tenant + "/expressions:check",
                Map.of("expression", "lists.range(900000).all(x, x < User.Age)"))
            .expect(200);
    assertThat(dear.at("valid")).isEqualTo(true);
    assertThat(dear.text("diagnostics.0.code")).isEqualTo("cost_high");
    assertThat(dear.number("cost.typical")).isGreaterThan(1_000_000);
  }
}
