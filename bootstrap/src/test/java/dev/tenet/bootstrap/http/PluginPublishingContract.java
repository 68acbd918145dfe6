package dev.tenet.bootstrap.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tenet.application.plugin.Approvals;
import dev.tenet.bootstrap.plugin.TestModule;
import dev.tenet.http.json.PlainJson;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What may be published, and what everybody can read of it.
@Timeout(120)
abstract class PluginPublishingContract extends PluginContract {

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
    Reply missing = client().get(contracts + "?version=3.0.0").problem(404, "plugin_not_found");
    assertThat(missing.text("detail")).contains("no version \"3.0.0\"");
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
    publish(manifest("1.0.1", RATE), giving("0.5")).problem(400, "plugin_stays_internal");
    publish(manifest("0.9.0", RATE), giving("0.5")).problem(400, "plugin_stays_internal");
  }

  private static byte[] signature(KeyPair key, byte[] code, String manifest)
      throws GeneralSecurityException {
    Signature signer = Signature.getInstance("Ed25519");
    signer.initSign(key.getPrivate());
    signer.update(Approvals.signed(code, manifest.getBytes(UTF_8)));
    return signer.sign();
  }
}
