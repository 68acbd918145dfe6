package dev.tenet.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Requirements A4.
abstract class DerivedFieldsContract extends HttpContract {

  private Reply define(String tenant, String name, String expression) {
    return client().post(tenant + "/derived", Map.of("name", name, "expression", expression));
  }

  @Test
  void isUsedInsideRules() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    Reply defined = define(tenant, "isCanadian", "User.Citizenship == 'CANADA'").expect(201);
    assertThat(defined.text("type")).isEqualTo("bool");
    assertThat(defined.list("dependencies")).isEqualTo(List.of("User.Citizenship"));
    rule(tenant, "largeCanadian", "isCanadian && Transaction.Amount > 1000");
    assertThat(
            evaluate(
                    tenant,
                    "{\"User\":{\"Age\":30,\"Citizenship\":\"CANADA\"},\"Transaction\":{\"Amount\":1500.0}}")
                .at("results.0.matched"))
        .isEqualTo(true);
  }

  @Test
  void mayBeSentByTheCallerWhenItCannotBeComputed() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    define(tenant, "isCanadian", "User.Citizenship == 'CANADA'").expect(201);
    rule(tenant, "r", "isCanadian");
    assertThat(evaluate(tenant, "{\"isCanadian\":true}").at("results.0.matched")).isEqualTo(true);
    assertThat(
            evaluate(tenant, "{\"isCanadian\":true,\"User\":{\"Citizenship\":\"USA\"}}")
                .at("results.0.matched"))
        .isEqualTo(false);
  }

  @Test
  void failsOnlyTheRulesThatUseIt() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    define(tenant, "ratio", "100 / User.Age").expect(201);
    rule(tenant, "uses", "ratio > 1");
    rule(tenant, "other", "Transaction.Amount > 1.0");
    Reply decision =
        evaluate(tenant, "{\"User\":{\"Age\":0},\"Transaction\":{\"Amount\":2}}").expect(200);
    assertThat(decision.at("results.0.matched")).isEqualTo(false);
    assertThat(decision.text("results.0.error")).contains("ratio");
    assertThat(decision.at("results.1.matched")).isEqualTo(true);
    assertThat(decision.at("results.1.error")).isNull();
  }

  @Test
  void refusesCyclesNamingThem() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    define(tenant, "self", "self + 1").problem(400, "derived_field_cycle");
    String a = define(tenant, "a", "User.Age + 1").expect(201).text("id");
    define(tenant, "b", "a + 1").expect(201);
    Reply refused =
        client()
            .put(tenant + "/derived/" + a, "{\"expression\":\"b + 1\"}")
            .problem(400, "derived_field_cycle");
    assertThat(refused.text("error")).contains("a -> b -> a");
    assertThat(client().get(tenant + "/derived/" + a).text("expression")).isEqualTo("User.Age + 1");
  }

  @Test
  void refusesToRemoveWhatIsUsedNamingTheUsers() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    String a = define(tenant, "a", "User.Age + 1").expect(201).text("id");
    String b = define(tenant, "b", "a + 1").expect(201).text("id");
    String rule = rule(tenant, "uses", "b > 1");
    Reply refused = client().delete(tenant + "/derived/" + a).problem(409, "derived_field_in_use");
    assertThat(refused.each("dependants", "name")).isEqualTo(List.of("b", "uses"));
    client()
        .put(tenant + "/derived/" + b, "{\"expression\":\"'text'\"}")
        .problem(409, "derived_field_in_use");
    client().delete(tenant + "/rules/" + rule).expect(204);
    client().delete(tenant + "/derived/" + b).expect(204);
    client().delete(tenant + "/derived/" + a).expect(204);
    assertThat(client().get(tenant + "/derived").list("derivedFields")).isEmpty();
  }

  @Test
  void checksNamesAndExpressions() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    define(tenant, "User", "true").problem(409, "name_taken");
    define(tenant, "while", "true").problem(400, "identifier_reserved");
    define(tenant, "a-b", "true").problem(400, "identifier_invalid");
    define(tenant, "x", "Nobody.Age > 1").problem(400, "unknown_name");
    define(tenant, "x", "true").expect(201);
    define(tenant, "x", "false").problem(409, "name_taken");
    define(tenant, "", "true").problem(400, "name_and_expression_required");
  }

  @Test
  void listsFindsAndRevises() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    String id = define(tenant, "a", "User.Age + 1").expect(201).text("id");
    define(tenant, "b", "a + 1").expect(201);
    assertThat(client().get(tenant + "/derived").expect(200).each("derivedFields", "name"))
        .isEqualTo(List.of("b", "a"));
    Reply revised =
        client()
            .put(
                tenant + "/derived/" + id,
                "{\"expression\":\"User.Age + 2\",\"description\":\"d\"}")
            .expect(200);
    assertThat(revised.text("name")).isEqualTo("a");
    rule(tenant, "r", "b == 13");
    assertThat(evaluate(tenant, "{\"User\":{\"Age\":10}}").at("results.0.matched")).isEqualTo(true);
    client()
        .get(tenantWith(USER_AND_TRANSACTION) + "/derived/" + id)
        .problem(404, "derived_field_not_found");
  }

  @Test
  void takesBackAWholeFieldAsItWasRead() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    Reply added =
        client().post(tenant + "/derived", "{\"name\":\"d\",\"expression\":\"User.Age > 1\"}");
    String path = tenant + "/derived/" + added.text("id");
    client().put(path, client().get(path).text()).expect(200);
    client().put(path, "{\"id\":\"x\"}").problem(400, "id_mismatch");
    client().post(tenant + "/derived", added.text()).problem(400, "member_unknown");
  }
}
