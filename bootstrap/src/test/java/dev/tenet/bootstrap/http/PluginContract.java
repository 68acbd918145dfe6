package dev.tenet.bootstrap.http;

import dev.tenet.application.plugin.Approvals;
import dev.tenet.bootstrap.plugin.TestModule;
import dev.tenet.bootstrap.wiring.Parts;
import dev.tenet.bootstrap.wiring.PluginParts;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/// Tests with WebAssembly plugins: how they are published, and come to the tenants that call them.
abstract class PluginContract extends HttpContract {

  static final String PLUGINS = "/api/v1/plugins";
  static final KeyPair KEY = key();
  static final String RATE =
      """
      {"tax": {"rate": {"input": {"country": "string"}, "output": "float64", "timeout_ms": 10000}}}""";

  /// The store may have plugins of other tests.
  final String plugin = "pricing" + UUID.randomUUID().toString().replace("-", "");

  String acme = "";
  String other = "";

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

  static KeyPair key() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  final String manifest(String version, String modules) {
    return "{\"name\": \"%s\", \"version\": \"%s\", \"modules\": %s}"
        .formatted(plugin, version, modules);
  }

  /// {@return a module whose functions all give this}
  static byte[] giving(String result) {
    return TestModule.answering("{\"result\":" + result + "}");
  }

  final Reply publish(String manifest, byte[] code) {
    return publish(manifest, code, null);
  }

  final Reply publish(String manifest, byte[] code, byte @Nullable [] signature) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("manifest", manifest);
    body.put("artefact", Base64.getEncoder().encodeToString(code));
    if (signature != null) {
      body.put("signature", Base64.getEncoder().encodeToString(signature));
    }
    return client().post(PLUGINS, body);
  }

  final void published(String version, String result) {
    publish(manifest(version, RATE), giving(result)).expect(201);
  }

  final String installed(String tenant) {
    return tenant.replace("/v1/", "/v1/admin/") + "/plugins/" + plugin;
  }

  final Reply activate(String tenant, String body) {
    return client().put(installed(tenant), body);
  }

  final Reply invoke(String tenant, String payload) {
    return client()
        .post(tenant + "/invoke/" + plugin + ".tax.rate", "{\"payload\": " + payload + "}");
  }

  final @Nullable Object rate(String tenant) {
    return invoke(tenant, "{\"country\": \"NL\"}").expect(200).at("result");
  }

  final String call(String argument) {
    return "plugin.%s.tax.rate(%s)".formatted(plugin, argument);
  }

  final Reply decision(String tenant) {
    return evaluate(tenant, "{\"User\": {\"Age\": 20, \"Citizenship\": \"NL\"}}").expect(200);
  }
}
