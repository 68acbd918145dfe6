package dev.tenet.bootstrap.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.bootstrap.openapi.OpenApiDocument.Operation;
import dev.tenet.bootstrap.plugin.TestModule;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// A tenant that has one of everything, and a good request for every operation on it.
record Fixture(
    String tenant, String rule, String derived, String decision, String key, String platformKey) {

  private static final String TENANTS = "/api/v1/tenants";
  private static final String SCHEMA =
      """
      {"definition": {
        "User": {"Age": "int", "Citizenship": "string", "Nickname": "string?",
          "Profile": {"Email": "string", "Verified": "bool"}},
        "Transaction": {"Amount": "float64", "Country": "string", "At": "timestamp?",
          "Card": {"enum": ["visa", "mastercard"], "optional": true, "description": "The brand."},
          "Items": {"list": {"Sku": "string", "Price": "float64"}}, "Attributes": "dyn"}}}
      """;
  static final String FACTS =
      """
      {"User": {"Age": 25, "Citizenship": "CANADA"}, "Transaction": {"Amount": 1500.0, "Country": "CA"}}""";
  static final String RULE =
      """
      {"name": "%s", "expression": "isCanadian && Transaction.Amount > 1000", "description": "By hand.",
       "then": {"decision": "'review'", "fee": "Transaction.Amount * 0.01"}, "tags": ["fraud", "canada"]}
      """;

  private static final String PLATFORM_KEYS = "/api/v1/admin/keys";
  private static final String TENANT_KEY =
      """
      {"name": "ci", "roles": ["author", "evaluator"], "expiresAt": "2999-01-31T08:30:00Z"}""";
  private static final String PLATFORM_KEY =
      """
      {"name": "auditor", "roles": ["auditor"]}""";

  static final String SCRIPT =
      """
      {"source": "export function rate({amount}) { return amount > 1000 ? 0.1 : 0; }",
       "functions": {"rate": {"input": {"amount": "float64"}, "output": "float64", "timeout_ms": 10000}}}
      """;
  private static final String TRIAL =
      SCRIPT
          .strip()
          .replaceFirst("}$", ", \"function\": \"rate\", \"payload\": {\"amount\": 1500}}");

  private static final String OPTIONS =
      ", \"rules\": [\"%s\"], \"tags\": [\"fraud\"], \"trace\": true, \"include\": \"all\", \"minRevision\": 1";

  /// What bodies good requests have, by operation.
  private static final Map<String, String> BODIES =
      Map.ofEntries(
          Map.entry("createTenant", "{\"name\": \"acme-corp\"}"),
          Map.entry("renameTenant", "{\"name\": \"acme-inc\"}"),
          Map.entry("createSchema", SCHEMA),
          Map.entry("updateSchema", SCHEMA),
          Map.entry("activateSchemaVersion", "{}"),
          Map.entry("createGovernedTenant", "{\"name\": \"acme-corp\"}"),
          Map.entry("suspendTenant", "{}"),
          Map.entry("resumeTenant", "{}"),
          Map.entry("resetQuota", "{}"),
          Map.entry("replayDecision", "{}"),
          Map.entry("setQuota", "{\"requestsPerMinute\": 100, \"window\": \"sliding\"}"),
          Map.entry("setRateLimit", "{\"requestsPerSecond\": 50, \"burst\": 100}"),
          Map.entry("setPolicy", "{\"allowedModels\": [\"small\"]}"),
          Map.entry("setDecisionLog", "{\"mode\": \"sampled\", \"rate\": 0.5}"),
          Map.entry("setTenantMetadata", "{\"metadata\": {\"plan\": \"gold\"}}"),
          Map.entry(
              "explainAccess",
              "{\"principal\": \"ci\", \"roles\": [\"author\"], \"action\": \"facts:evaluate\"}"),
          Map.entry(
              "defineDerivedField",
              """
              {"name": "isAdult", "expression": "User.Age >= 18", "description": "Of age."}"""),
          Map.entry(
              "reviseDerivedField",
              """
              {"name": "isCanadian", "expression": "User.Citizenship in ['CANADA', 'CA']", "description": null}"""),
          Map.entry("issueKey", TENANT_KEY),
          Map.entry("issuePlatformKey", PLATFORM_KEY),
          Map.entry("addRule", RULE.formatted("Review transfers")),
          Map.entry("reviseRule", RULE.formatted("Review large transfers")),
          Map.entry("evaluate", "{\"tenantId\": \"%s\", \"facts\": " + FACTS + OPTIONS + "}"),
          Map.entry("evaluateForTenant", "{\"facts\": " + FACTS + OPTIONS + "}"),
          Map.entry("evaluateBatch", "{\"facts\": [" + FACTS + ", " + FACTS + "]" + OPTIONS + "}"),
          Map.entry(
              "changeLogging",
              """
              {"level": "info", "loggers": {"org.flywaydb": "warning"}, "accessLog": "off", "errorSampleRate": 1}"""),
          Map.entry(
              "activatePlugin",
              "{\"version\": \"1.0.0\", \"functions\": [\"tax.rate\"], \"host\": [\"log\"]}"),
          Map.entry("rollBackPlugin", "{}"),
          Map.entry("publishScript", SCRIPT.replace("0.1", "0.2")),
          Map.entry("tryScript", TRIAL),
          Map.entry("invokeFunction", "{\"payload\": {\"amount\": 1500}}"),
          Map.entry("checkExpression", "{\"expression\": \"User.Age >= 18 && isCanadian\"}"));

  /// A tenant whose keys do not matter.
  Fixture(String tenant, String rule, String derived, String decision) {
    this(tenant, rule, derived, decision, OpenApiTest.NO_TENANT, OpenApiTest.NO_TENANT);
  }

  /// {@return a new tenant with a schema, a derived field, a rule that reads it, and a decision that is kept}
  static Fixture create(OpenApiServer server, String name) {
    String tenant =
        server
            .send(WireRequest.of("POST", TENANTS).json("{\"name\": \"" + name + "\"}"))
            .expect(201)
            .member("id");
    String path = TENANTS + '/' + tenant;
    server.send(WireRequest.of("POST", path + "/schema").json(SCHEMA)).expect(201);
    String derived =
        server
            .send(
                WireRequest.of("POST", path + "/derived")
                    .json(
                        """
                        {"name": "isCanadian", "expression": "User.Citizenship == 'CANADA'"}"""))
            .expect(201)
            .member("id");
    String rule =
        server
            .send(
                WireRequest.of("POST", path + "/rules")
                    .json(RULE.formatted("Review large transfers")))
            .expect(201)
            .member("id");
    server
        .send(
            WireRequest.of("PUT", "/api/v1/admin/tenants/" + tenant + "/decision-log")
                .json("{\"mode\": \"all\", \"delivery\": \"durable\"}"))
        .expect(200);
    String decision =
        server
            .send(WireRequest.of("POST", path + "/evaluate").json("{\"facts\": " + FACTS + "}"))
            .expect(200)
            .member("decisionId");
    String key =
        server
            .send(WireRequest.of("POST", path + "/keys").json(TENANT_KEY))
            .expect(201)
            .member("id");
    return new Fixture(tenant, rule, derived, decision, key, platformKey(server));
  }

  /// {@return a new tenant that has all that the operation needs}
  static Fixture create(OpenApiServer server, String name, Operation operation) {
    Fixture fixture = create(server, name);
    if (operation.tag().equals("Plugins")) {
      fixture.equip(server);
    }
    return fixture;
  }

  /// Gives the tenant two versions of a plugin after one another, and a script.
  private void equip(OpenApiServer server) {
    for (String version : List.of("1.0.0", "1.1.0")) {
      assertThat(
              server
                  .send(
                      WireRequest.of("POST", "/api/v1/plugins")
                          .json(publication("pricing", version)))
                  .status())
          .isIn(201, 409);
      server
          .send(
              WireRequest.of("PUT", "/api/v1/admin/tenants/" + tenant + "/plugins/pricing")
                  .json("{\"version\": \"" + version + "\"}"))
          .expect(200);
    }
    server.send(WireRequest.of("PUT", path() + "/scripts/discount").json(SCRIPT)).expect(200);
  }

  /// {@return a plugin that says that the rate is 0.19}
  static String publication(String name, String version) {
    return """
    {"manifest": {"name": "%s", "version": "%s",
      "modules": {"tax": {"rate": {"input": {"country": "string"}, "output": "float64"}}}}, "artefact": "%s"}
    """
        .formatted(
            name,
            version,
            Base64.getEncoder().encodeToString(TestModule.answering("{\"result\":0.19}")));
  }

  /// The platform may have so many, and so all tenants share one.
  private static String platformKey(OpenApiServer server) {
    var keys =
        server
            .send(WireRequest.of("GET", PLATFORM_KEYS + "?pageSize=1"))
            .expect(200)
            .json()
            .path("keys");
    return keys.isEmpty()
        ? server
            .send(WireRequest.of("POST", PLATFORM_KEYS).json(PLATFORM_KEY))
            .expect(201)
            .member("id")
        : keys.get(0).path("id").asString();
  }

  /// {@return a request that the operation answers with success, once at least}
  WireRequest request(Operation operation) {
    WireRequest request = WireRequest.of(operation.method(), target(operation));
    String body = body(operation);
    return body.isEmpty() ? request : request.json(body);
  }

  /// {@return the body of that request}
  String body(Operation operation) {
    if (operation.id().equals("publishPlugin")) {
      return publication("p" + tenant.replace("-", ""), "1.0.0");
    }
    String body = BODIES.getOrDefault(operation.id(), "");
    return operation.id().equals("evaluate")
        ? body.formatted(tenant, rule)
        : operation.id().startsWith("evaluate") ? body.formatted(rule) : body;
  }

  /// {@return the operation's path for this tenant}
  String target(Operation operation) {
    return operation
        .path()
        .replace("{tenantId}", tenant)
        .replace("{ruleId}", rule)
        .replace("{derivedId}", derived)
        .replace("{decisionId}", decision)
        .replace("{keyId}", operation.path().contains("{tenantId}") ? key : platformKey)
        .replace("{version}", "1")
        .replace("{plugin}", "pricing")
        .replace("{script}", "discount")
        .replace("{function}", "script.discount.rate");
  }

  /// {@return the path of the tenant}
  String path() {
    return TENANTS + '/' + tenant;
  }

  /// {@return everything that can be read of the tenant}
  String snapshot(OpenApiServer server) {
    var snapshot = new StringBuilder();
    for (String part :
        new String[] {
          "", "/schema", "/schema/versions", "/schema/changelog", "/derived", "/rules"
        }) {
      snapshot.append(server.send(WireRequest.of("GET", path() + part)).expect(200).text());
    }
    return snapshot.toString();
  }
}
