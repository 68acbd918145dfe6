package dev.tenet.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Requirements A2, A3 and A10.
abstract class SchemasContract extends HttpContract {

  private static final String AGE = "{\"definition\":{\"User\":{\"Age\":\"int\"}}}";
  private static final String NAME = "{\"definition\":{\"User\":{\"Name\":\"string\"}}}";

  @Test
  void definesTheFirstVersionOnce() {
    String schema = "/api/v1/tenants/" + tenant("acme") + "/schema";
    client().get(schema).problem(404, "schema_not_found");
    Reply created = client().post(schema, AGE).expect(201);
    assertThat(created.number("version")).isEqualTo(1);
    assertThat(created.text("status")).isEqualTo("active");
    assertThat(created.text("schemaId")).hasSize(36);
    assertThat(created.number("rulesRecompiled")).isZero();
    assertThat(created.at("definition.User.Age")).isEqualTo("int");
    Reply again = client().post(schema, AGE).problem(409, "schema_exists");
    assertThat(again.text("error")).contains("PUT");
    Reply upserted = client().post(schema + "?upsert=true", NAME).expect(200);
    assertThat(upserted.number("version")).isEqualTo(2);
    Reply active = client().get(schema).expect(200);
    assertThat(active.number("version")).isEqualTo(2);
    assertThat(active.at("definition.User.Name")).isEqualTo("string");
  }

  @Test
  void updatesWithoutAFirst() {
    String schema = "/api/v1/tenants/" + tenant("acme") + "/schema";
    assertThat(client().put(schema, AGE).expect(200).number("version")).isEqualTo(1);
    assertThat(client().put(schema, AGE).expect(200).number("version")).isEqualTo(2);
    assertThat(client().get(schema).number("version")).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|definition_required|definition is required",
        "{\"definition\":null}|definition_required|definition is required",
        "{\"definition\":{}}|schema_empty|empty",
        "{\"definition\":[]}|definition_invalid|JSON object",
        "{\"definition\":{\"User\":{}}}|object_empty|User",
        "{\"definition\":{\"User\":null}}|object_invalid|User",
        "{\"definition\":{\"User\":{\"Age\":\"double\"}}}|type_unknown|float64",
        "{\"definition\":{\"User\":{\"Age\":\"String\"}}}|type_unknown|string",
        "{\"definition\":{\"User\":{\"while\":\"int\"}}}|identifier_reserved|reserved",
        "{\"definition\":{\"User\\n\":{\"Age\":\"int\"}}}|identifier_invalid|User",
      })
  void refusesFaultyDefinitions(String body, String code, String words) {
    String schema = "/api/v1/tenants/" + tenant("acme") + "/schema";
    assertThat(client().post(schema, body).problem(400, code).text("error")).contains(words);
    client().get(schema).problem(404, "schema_not_found");
    client().post(schema, AGE).expect(201);
    client().put(schema, body).problem(400, code);
    assertThat(client().get(schema).number("version")).isEqualTo(1);
  }

  @Test
  void reportsAllFaultsAtOnce() {
    String schema = "/api/v1/tenants/" + tenant("acme") + "/schema";
    Reply refused =
        client()
            .post(
                schema,
                "{\"definition\":{\"User\":{\"Age\":\"INT\",\"a-b\":\"int\"},\"true\":{\"x\":\"int\"}}}")
            .problem(400, "type_unknown");
    assertThat(refused.each("errors", "code"))
        .isEqualTo(List.of("type_unknown", "identifier_invalid", "identifier_reserved"));
    assertThat(refused.text("field")).isEqualTo("User.Age");
    assertThat(refused.text("errors.0.suggestion")).isEqualTo("int");
  }

  @Test
  void refusesDuplicateFields() {
    String schema = "/api/v1/tenants/" + tenant("acme") + "/schema";
    client()
        .post(schema, "{\"definition\":{\"User\":{\"Age\":\"int\",\"Age\":\"string\"}}}")
        .problem(400, "json_duplicate_key");
  }

  @Test
  void marksRulesThatAnUpdateBreaksAndRepairsThemOnRollback() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    client()
        .post(tenant + "/derived", "{\"name\":\"isAdult\",\"expression\":\"User.Age >= 18\"}")
        .expect(201);
    String broken = rule(tenant, "adults", "isAdult");
    String fine = rule(tenant, "large", "Transaction.Amount > 1000");
    String without =
        "{\"definition\":{\"User\":{\"Name\":\"string\"},\"Transaction\":{\"Amount\":\"float64\"}}}";

    Reply strict =
        client().put(tenant + "/schema?strict=true", without).problem(409, "schema_breaks_rules");
    assertThat(strict.each("dependants", "name")).isEqualTo(List.of("isAdult", "adults"));
    Reply dryRun = client().put(tenant + "/schema?dryRun=true", without).expect(200);
    assertThat(client().get(tenant + "/schema").number("version")).isEqualTo(1);

    Reply updated = client().put(tenant + "/schema", without).expect(200);
    assertThat(updated.each("rulesFailed", "ruleId")).isEqualTo(List.of(broken));
    assertThat(updated.each("derivedFieldsFailed", "name")).isEqualTo(List.of("isAdult"));
    assertThat(updated.number("rulesRecompiled")).isEqualTo(1);
    assertThat(dryRun.each("rulesFailed", "ruleId")).isEqualTo(List.of(broken));
    assertThat(client().get(tenant + "/rules/" + broken).at("active")).isEqualTo(false);
    assertThat(client().get(tenant + "/rules/" + broken).text("error")).contains("isAdult");
    Reply decision = evaluate(tenant, "{\"Transaction\":{\"Amount\":2000}}").expect(200);
    assertThat(decision.each("results", "ruleId")).isEqualTo(List.of(fine));

    Reply back = client().send("POST", tenant + "/schema/versions/1:activate", null, Map.of());
    assertThat(back.expect(200).each("rulesReactivated", "ruleId")).isEqualTo(List.of(broken));
    assertThat(client().get(tenant + "/rules/" + broken).at("active")).isEqualTo(true);
    assertThat(
            evaluate(tenant, "{\"User\":{\"Age\":20},\"Transaction\":{\"Amount\":2}}")
                .each("results", "matched"))
        .isEqualTo(List.of("true", "false"));

    Reply changelog = client().get(tenant + "/schema/changelog").expect(200);
    assertThat(changelog.each("changes", "changeType"))
        .isEqualTo(List.of("rolled_back", "updated", "created"));
    assertThat(changelog.number("changes.1.rulesFailed")).isEqualTo(1);
    assertThat(changelog.text("changes.1.errorDetails.0.ruleName")).isEqualTo("adults");
  }

  @Test
  void reactivatesOnlyWhatIsEvaluatedAgain() {
    String tenant = tenantWith(AGE);
    String on = rule(tenant, "on", "User.Age > 1");
    String off = rule(tenant, "off", "User.Age > 2");
    client().put(tenant + "/rules/" + off, "{\"enabled\":false}").expect(200);
    client().put(tenant + "/schema", NAME).expect(200);
    Reply back = client().post(tenant + "/schema/versions/1:activate", "").expect(200);
    assertThat(back.each("rulesReactivated", "ruleId")).isEqualTo(List.of(on));
    assertThat(back.number("rulesRecompiled")).isEqualTo(1);
    assertThat(client().get(tenant + "/rules/" + off).at("error")).isNull();
  }

  @Test
  void tellsRollbacksFromActivationsOfNewerVersionsAndOfTheActiveOne() {
    String schema = tenantWith(AGE) + "/schema";
    client().put(schema, NAME).expect(200);
    client().post(schema + "/versions/1:activate", "").expect(200);
    client().post(schema + "/versions/2:activate", "").expect(200);
    String before = client().get(schema + "/changelog").text();
    Reply again = client().post(schema + "/versions/2:activate", "").expect(200);
    assertThat(again.text("status")).isEqualTo("active");
    assertThat(again.number("revision")).isEqualTo(5);
    assertThat(again.header("ETag")).isEqualTo("\"5\"");
    assertThat(client().get(schema + "/changelog").text()).isEqualTo(before);
    client()
        .send(
            "POST",
            schema + "/versions/2:activate",
            null,
            Map.of("Idempotency-Key", "same-version"))
        .expect(200);
    assertThat(client().get(schema + "/changelog").each("changes", "changeType"))
        .isEqualTo(List.of("updated", "rolled_back", "updated", "created"));
  }

  @Test
  void activatingTakesNoBody() {
    String activate = tenantWith(AGE) + "/schema/versions/1:activate";
    for (String nothing : List.of("", "{}", " { } ")) {
      client().post(activate, nothing.isBlank() ? "" : nothing).expect(200);
    }
    client().post(activate, "{\"strict\":true}").problem(400, "member_unknown");
    client().post(activate, "[]").problem(400, "body_not_object");
    client().post(activate, "{").problem(400, "json_malformed");
  }

  @Test
  void keepsVersions() {
    String schema = tenantWith(AGE) + "/schema";
    client().put(schema, NAME).expect(200);
    Reply versions = client().get(schema + "/versions").expect(200);
    assertThat(versions.each("versions", "version")).isEqualTo(List.of("2", "1"));
    assertThat(versions.each("versions", "status")).isEqualTo(List.of("active", "inactive"));
    assertThat(client().get(schema + "/versions/1").at("definition.User.Age")).isEqualTo("int");
    client().get(schema + "/versions/3").problem(404, "schema_version_not_found");
    client().get(schema + "/versions/x").problem(404, "schema_version_not_found");
    client().post(schema + "/versions/9:activate", "{}").problem(404, "schema_version_not_found");
    client().post(schema + "/versions/1:activate", "{}").expect(200);
    assertThat(client().put(schema, NAME).expect(200).number("version")).isEqualTo(3);
  }

  @Test
  void refusesAnObjectNamedLikeADerivedField() {
    String tenant = tenantWith(AGE);
    client()
        .post(tenant + "/derived", "{\"name\":\"adult\",\"expression\":\"User.Age >= 18\"}")
        .expect(201);
    client()
        .put(
            tenant + "/schema",
            "{\"definition\":{\"User\":{\"Age\":\"int\"},\"adult\":{\"x\":\"int\"}}}")
        .problem(409, "name_taken");
  }
}
