package dev.tenet.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requirements A1.
abstract class TenantsContract extends HttpContract {

  @Test
  void createsATenant() {
    Reply created = client().post("/api/v1/tenants", "{\"name\":\"acme-corp\"}").expect(201);
    assertThat(created.text("id")).matches("[0-9a-f-]{36}");
    assertThat(created.text("name")).isEqualTo("acme-corp");
    assertThat(created.text("createdAt")).isEqualTo(created.text("updatedAt")).endsWith("Z");
    assertThat(created.header("ETag")).isEqualTo("\"1\"");
    assertThat(created.header("Location")).isEqualTo("/api/v1/tenants/" + created.text("id"));
    Reply found = client().get("/api/v1/tenants/" + created.text("id")).expect(200);
    assertThat(found.text()).isEqualTo(created.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"name\":\"\"}", "{\"name\":\"  \"}"})
  void requiresAName(String body) {
    Reply refused = client().post("/api/v1/tenants", body);
    refused.problem(400, "name_required");
    assertThat(refused.text("error")).contains("name is required");
    assertThat(refused.text("field")).isEqualTo("name");
  }

  @Test
  void limitsTheName() {
    client().post("/api/v1/tenants", Map.of("name", "x".repeat(255))).expect(201);
    client().post("/api/v1/tenants", Map.of("name", "x".repeat(256))).problem(400, "name_too_long");
  }

  @Test
  void allowsTheSameNameTwice() {
    assertThat(tenant("same")).isNotEqualTo(tenant("same"));
  }

  @Test
  void listsNewestFirstPageByPage() {
    assertThat(client().get("/api/v1/tenants").expect(200).list("tenants")).isEmpty();
    for (int i = 0; i < 5; i++) {
      tenant("t" + i);
    }
    Reply first = client().get("/api/v1/tenants?pageSize=2").expect(200);
    assertThat(first.each("tenants", "name")).isEqualTo(List.of("t4", "t3"));
    Reply second =
        client().get("/api/v1/tenants?pageSize=2&pageToken=" + first.text("nextPageToken"));
    assertThat(second.each("tenants", "name")).isEqualTo(List.of("t2", "t1"));
    Reply last =
        client().get("/api/v1/tenants?pageSize=2&pageToken=" + second.text("nextPageToken"));
    assertThat(last.each("tenants", "name")).isEqualTo(List.of("t0"));
    assertThat(last.at("nextPageToken")).isNull();
    assertThat(client().get("/api/v1/tenants?name=t3").each("tenants", "name"))
        .isEqualTo(List.of("t3"));
  }

  @Test
  void renames() {
    String tenant = "/api/v1/tenants/" + tenant("before");
    assertThat(client().put(tenant, "{\"name\":\"after\"}").expect(200).text("name"))
        .isEqualTo("after");
    assertThat(client().get(tenant).text("name")).isEqualTo("after");
    client().put(tenant, client().get(tenant).text().replace("after", "whole")).expect(200);
    assertThat(client().get(tenant).text("name")).isEqualTo("whole");
    client().put(tenant, "{\"id\":\"x\",\"name\":\"y\"}").problem(400, "id_mismatch");
    client().put(tenant, "{\"name\":\"after\"}").expect(200);
    client().put(tenant + "?dryRun=true", "{\"name\":\"never\"}").expect(200);
    assertThat(client().get(tenant).text("name")).isEqualTo("after");
  }

  @Test
  void deletesWithEverything() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    String rule = rule(tenant, "r", "User.Age > 1");
    evaluate(tenant, "{}").expect(200);
    client().delete(tenant).expect(204);
    client().delete(tenant).problem(404, "tenant_not_found");
    client().get(tenant).problem(404, "tenant_not_found");
    client().get(tenant + "/schema").problem(404, "tenant_not_found");
    client().get(tenant + "/rules/" + rule).problem(404, "tenant_not_found");
    evaluate(tenant, "{}").problem(404, "tenant_not_found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abc",
        "1-1-1-1-1",
        "00000000-0000-0000-0000-000000000000",
        "%27%3B--",
        "%F0%9F%98%80"
      })
  void knowsNoOtherTenants(String id) {
    String tenant = "/api/v1/tenants/" + id;
    client().get(tenant).problem(404, "tenant_not_found");
    client().get(tenant + "/schema").problem(404, "tenant_not_found");
    client().post(tenant + "/schema", USER_AND_TRANSACTION).problem(404, "tenant_not_found");
    client().put(tenant + "/schema", USER_AND_TRANSACTION).problem(404, "tenant_not_found");
    client().get(tenant + "/rules").problem(404, "tenant_not_found");
    client()
        .post(tenant + "/rules", "{\"name\":\"r\",\"expression\":\"true\"}")
        .problem(404, "tenant_not_found");
    evaluate(tenant, "{}").problem(404, "tenant_not_found");
  }

  @Test
  void tellsAllThatHappenedToATenant() {
    String tenant = tenantWith(USER_AND_TRANSACTION);
    String other = tenantWith(USER_AND_TRANSACTION);
    String rule = rule(tenant, "adult", "User.Age >= 18");
    client()
        .send(
            "PUT",
            tenant + "/rules/" + rule,
            "{\"name\":\"grown\"}",
            Map.of("Idempotency-Key", "rename-1"))
        .expect(200);
    client()
        .put(tenant + "/schema", "{\"definition\":{\"User\":{\"Name\":\"string\"}}}")
        .expect(200);

    Reply history = client().get(tenant + "/history?pageSize=3").expect(200);
    assertThat(history.header("ETag")).isEqualTo("\"5\"");
    assertThat(history.at("entries.0.revision")).isEqualTo(5L);
    assertThat(history.text("entries.0.changes.0.change")).isEqualTo("schema_defined");
    assertThat(history.at("entries.0.changes.0.version")).isEqualTo(2L);
    assertThat(history.text("entries.0.changes.1.change")).isEqualTo("rule_broken");
    assertThat(history.text("entries.0.changes.1.id")).isEqualTo(rule);
    assertThat(history.text("entries.0.changes.1.errors.0.code")).isEqualTo("unknown_field");
    assertThat(history.text("entries.1.idempotencyKey")).isEqualTo("rename-1");
    assertThat(history.text("entries.1.changes.0.rule.name")).isEqualTo("grown");
    assertThat(history.text("entries.2.changes.0.rule.name")).isEqualTo("adult");
    Reply earlier =
        client().get(tenant + "/history?pageToken=" + history.text("nextPageToken")).expect(200);
    assertThat(earlier.list("entries")).hasSize(2);
    assertThat(earlier.text("entries.1.changes.0.change")).isEqualTo("tenant_created");
    assertThat(client().get(other + "/history").expect(200).list("entries")).hasSize(2);
    client()
        .get("/api/v1/tenants/00000000-0000-4000-8000-000000000000/history")
        .problem(404, "tenant_not_found");
  }
}
