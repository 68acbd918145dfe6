package dev.tenet.bootstrap.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tenet.application.plugin.Approvals;
import dev.tenet.bootstrap.plugin.TestModule;
import dev.tenet.bootstrap.wiring.Parts;
import dev.tenet.bootstrap.wiring.PluginParts;
import dev.tenet.http.json.PlainJson;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// WebAssembly plugins from their publication to a decision that they take part in.
@Timeout(120)
abstract class PluginsContract extends HttpContract {

  static final String PLUGINS = "/api/v1/plugins";
  private static final KeyPair KEY = key();
  private static final String RATE =
      """
      {"tax": {"rate": {"input": {"country": "string"}, "output": "float64", "timeout_ms": 10000}}}""";

  /// The store may have plugins of other tests.
  private final String plugin = "pricing" + UUID.randomUUID().toString().replace("-", "");

  private String acme = "";
  private String other = "";

  @Override
  final Parts parts() {
    return Parts.of(open())
        .with(
            new PluginParts(
                new Approvals(Map.of("release", KEY.getPublic())), List.of(), Optional.empty()));
  }

  @BeforeEach
  final void createTenants() {
    acme = tenantWith(USER_AND_TRANSACTION);
    other = tenantWith(USER_AND_TRANSACTION);
  }

  private static KeyPair key() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private String manifest(String version, String modules) {
    return "{\"name\": \"%s\", \"version\": \"%s\", \"modules\": %s}"
        .formatted(plugin, version, modules);
  }

  /// {@return a module whose functions all give this}
  private static byte[] giving(String result) {
    return TestModule.answering("{\"result\":" + result + "}");
  }

  private Reply publish(String manifest, byte[] code) {
    return publish(manifest, code, null);
  }

  private Reply publish(String manifest, byte[] code, byte @Nullable [] signature) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("manifest", manifest);
    body.put("artefact", Base64.getEncoder().encodeToString(code));
    if (signature != null) {
      body.put("signature", Base64.getEncoder().encodeToString(signature));
    }
    return client().post(PLUGINS, body);
  }

  private void published(String version, String result) {
    publish(manifest(version, RATE), giving(result)).expect(201);
  }

  private String installed(String tenant) {
    return tenant.replace("/v1/", "/v1/admin/") + "/plugins/" + plugin;
  }

  private Reply activate(String tenant, String body) {
    return client().put(installed(tenant), body);
  }

  private Reply invoke(String tenant, String payload) {
    return client()
        .post(tenant + "/invoke/" + plugin + ".tax.rate", "{\"payload\": " + payload + "}");
  }

  private @Nullable Object rate(String tenant) {
    return invoke(tenant, "{\"country\": \"NL\"}").expect(200).at("result");
  }

  private String call(String argument) {
    return "plugin.%s.tax.rate(%s)".formatted(plugin, argument);
  }

  private Reply decision(String tenant) {
    return evaluate(tenant, "{\"User\": {\"Age\": 20, \"Citizenship\": \"NL\"}}").expect(200);
  }

  @Test
  void aPublishedVersionCanBeReadByAllItsNames() {
    Reply published =
        publish(
                "// of the tax office\n" + manifest("1.0.0", RATE.replace("}}}", "}} /* */ }")),
                giving("0.19"))
            .expect(201);
    assertThat(published.header("Location")).isEqualTo(PLUGINS + "/" + plugin);
    assertThat(published.text("version")).isEqualTo("1.0.0");
    assertThat(published.at("approvedBy")).isNull();
    assertThat(published.at("manifest.modules.tax.rate.output")).isEqualTo("float64");
    published("1.0.1", "0.2");
    Reply versions = client().get(PLUGINS + "/" + plugin).expect(200);
    assertThat(versions.each("releases", "version")).isEqualTo(List.of("1.0.1", "1.0.0"));
    assertThat(client().get(PLUGINS).expect(200).list("releases"))
        .filteredOn(release -> plugin.equals(((Map<?, ?>) release).get("name")))
        .singleElement()
        .isEqualTo(versions.at("releases.0"));
    assertThat(client().get(acme + "/plugins").expect(200).list("plugins")).isEmpty();
  }

  /// What the registry says is what a call is held against.
  @Test
  void theContractsSayWhatACallTakes() {
    String input =
        """
        {"country": "string", "on": "timestamp?", "within": "duration?", "code": "bytes?", "count": "int?",
         "kind": {"type": {"enum": ["a", "b"]}, "optional": true, "description": "of goods"},
         "tags": "list<string>?", "weights": {"type": "map<string,float64>", "optional": true}, "other": "dyn?"}
        """;
    publish(manifest("1.0.0", RATE.replace("{\"country\": \"string\"}", input)), giving("0.19"))
        .expect(201);
    published("2.0.0", "0.2");
    activate(acme, "{\"version\": \"1.0.0\"}").expect(200);
    String contracts = PLUGINS + "/" + plugin + "/contracts";
    Reply first = client().get(contracts + "?version=1.0.0").expect(200);
    assertThat(first.at("functions.0.expression")).isEqualTo("plugin." + plugin + ".tax.rate");
    assertThat(first.at("functions.0.output.type")).isEqualTo("number");
    assertThat(first.at("functions.0.input.properties.kind.description")).isEqualTo("of goods");
    assertThat(client().get(contracts).expect(200).text("version")).isEqualTo("2.0.0");
    client().get(contracts + "?version=3.0.0").problem(404, "plugin_not_found");
    Reply ofTenant = client().get(acme + "/contracts").expect(200);
    assertThat(ofTenant.list("functions")).isEqualTo(first.list("functions"));
    assertThat(client().get(other + "/contracts").expect(200).list("functions")).isEmpty();
    var schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(PlainJson.text(first.at("functions.0.input")), InputFormat.JSON);
    for (String payload :
        List.of(
            "{\"country\": \"NL\"}",
            "{\"country\": \"NL\", \"on\": null, \"kind\": \"b\", \"other\": {\"x\": []}}",
            "{\"country\": \"NL\", \"on\": \"2026-01-31T00:00:00Z\", \"within\": \"1h30m\", \"code\": \"aGk=\"}",
            "{\"country\": \"NL\", \"count\": -3, \"tags\": [\"x\"], \"weights\": {\"y\": 1.5}}")) {
      assertThat(schema.validate(payload, InputFormat.JSON)).as(payload).isEmpty();
      invoke(acme, payload).expect(200);
    }
    for (String payload :
        List.of(
            "{}",
            "{\"country\": 7}",
            "{\"country\": null}",
            "{\"country\": \"NL\", \"land\": \"NL\"}",
            "{\"country\": \"NL\", \"kind\": \"c\"}",
            "{\"country\": \"NL\", \"within\": \"soon\"}",
            "{\"country\": \"NL\", \"count\": 1.5}",
            "{\"country\": \"NL\", \"count\": 9223372036854775808}",
            "{\"country\": \"NL\", \"tags\": [1]}",
            "{\"country\": \"NL\", \"weights\": {\"y\": \"z\"}}")) {
      assertThat(schema.validate(payload, InputFormat.JSON)).as(payload).isNotEmpty();
      invoke(acme, payload).problem(400, "plugin_input_invalid");
    }
  }

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
  void whatIsPublishedNeverChanges() {
    published("1.0.0", "0.19");
    publish(manifest("1.0.0", RATE), giving("0.5")).problem(409, "plugin_version_taken");
    assertThat(client().get(PLUGINS + "/" + plugin).list("releases")).hasSize(1);
  }

  @Test
  void aDryRunPublishesNothing() {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("manifest", manifest("1.0.0", RATE));
    body.put("artefact", Base64.getEncoder().encodeToString(giving("1.5")));
    Reply tried = client().post(PLUGINS + "?dryRun=true", body).expect(201);
    assertThat(tried.text("name")).isEqualTo(plugin);
    assertThat(tried.header("Location")).isNull();
    client().get(PLUGINS + "/" + plugin).problem(404, "plugin_not_found");
  }

  @Test
  void allFaultsOfManifestAndCodeAreTold() {
    Reply manifest =
        publish(
            "{\"name\": \"script\", \"version\": \"1\", \"tag\": [], \"modules\": {\"m\": {\"f\": {\"output\": \"flaot64\"}}}}",
            giving("1"));
    manifest.expect(400);
    assertThat(manifest.texts("errors", "code"))
        .containsExactlyInAnyOrder(
            "manifest_member_unknown",
            "plugin_name_reserved",
            "plugin_version_invalid",
            "type_unknown");
    Reply code = publish(manifest("1.0.0", RATE), TestModule.empty());
    code.problem(400, "plugin_export_missing");
    assertThat(code.texts("errors", "field")).contains("export tenet_call");
    publish(manifest("1.0.0", RATE), "(module)".getBytes(UTF_8)).problem(400, "plugin_malformed");
    publish("{\"name\": ", giving("1")).problem(400, "manifest_malformed");
    client()
        .post(PLUGINS, "{\"manifest\": {}, \"artefact\": \"?\"}")
        .problem(400, "base64_invalid");
    client().post(PLUGINS, "{\"manifest\": {}}").problem(400, "artefact_required");
  }

  @Test
  void aLaterVersionKeepsWhatWasPromised() {
    published("1.0.0", "0.19");
    String text = RATE.replace("float64", "string");
    Reply broken = publish(manifest("1.1.0", text), giving("\"high\""));
    broken.problem(400, "contract_incompatible");
    assertThat(broken.text("field")).isEqualTo("modules.tax.rate");
    publish(manifest("2.0.0", text), giving("\"high\"")).expect(201);
    String more = RATE.replace("\"string\"}", "\"string\", \"day\": \"timestamp?\"}");
    publish(manifest("1.1.0", more), giving("0.2")).expect(201);
    publish(manifest("1.0.5", more.replace("?", "")), giving("0.2"))
        .problem(400, "contract_incompatible");
  }

  @Test
  void anInternalPluginIsSignedByAKeyThatTheOperatorApproves() throws GeneralSecurityException {
    byte[] code = giving("0.19");
    String manifest =
        manifest("1.0.0", RATE).replaceFirst("\\{", "{ \"internal\": true, // ours\n");
    publish(manifest, code).problem(403, "plugin_not_approved");
    publish(manifest, code, signature(key(), code, manifest))
        .problem(403, "plugin_signature_invalid");
    publish(manifest, giving("0.1"), signature(KEY, code, manifest))
        .problem(403, "plugin_signature_invalid");
    publish(manifest.replace("ours", "mine"), code, signature(KEY, code, manifest))
        .problem(403, "plugin_signature_invalid");
    publish(manifest, code, new byte[] {1, 2, 3}).problem(403, "plugin_signature_invalid");
    client().get(PLUGINS + "/" + plugin).problem(404, "plugin_not_found");
    Reply approved = publish(manifest, code, signature(KEY, code, manifest)).expect(201);
    assertThat(approved.text("approvedBy")).isEqualTo("release");
  }

  private static byte[] signature(KeyPair key, byte[] code, String manifest)
      throws GeneralSecurityException {
    Signature signer = Signature.getInstance("Ed25519");
    signer.initSign(key.getPrivate());
    signer.update(Approvals.signed(code, manifest.getBytes(UTF_8)));
    return signer.sign();
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
    client().post(installed(acme) + ":rollback", "{}").problem(404, "plugin_not_found");
    activate(acme, "{\"version\": \"1.0.0\", \"functions\": [\"tax.rate\"]}").expect(200);
    client().post(installed(acme) + ":rollback", "{}").problem(404, "plugin_not_found");
    rule(acme, "high", call("User.Citizenship") + " > 0.1");
    assertThat(decision(acme).at("results.0.matched")).isEqualTo(true);
    assertThat(activate(acme, "{}").expect(200).text("previous")).isEqualTo("1.0.0");
    assertThat(decision(acme).at("results.0.matched")).isEqualTo(false);
    Reply back = client().post(installed(acme) + ":rollback", "{}").expect(200);
    assertThat(back.text("version")).isEqualTo("1.0.0");
    assertThat(back.text("previous")).isEqualTo("1.1.0");
    assertThat(decision(acme).at("results.0.matched")).isEqualTo(true);
    activate(acme, "{\"version\": \"9.0.0\"}").problem(404, "plugin_not_found");
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
    assertThat(client().get(rule).at("active")).isEqualTo(true);
    activate(acme, "{}").expect(200);
    assertThat(client().get(rule).text("errors.0.code")).isEqualTo("type_mismatch");
    client().post(installed(acme) + ":rollback", "{}").expect(200);
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
