package dev.tenet.domain.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.schema.FieldType.Scalar;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Manifests and what later versions must keep of them.
class ManifestReaderTest {

  private static Map<String, Object> manifest(String version, Map<String, ?> functions) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", "pricing");
    json.put("version", version);
    json.put("modules", Map.of("tax", functions));
    return json;
  }

  private static Map<String, Object> rate(@Nullable Object input, String output) {
    Map<String, Object> json = new LinkedHashMap<>();
    if (input != null) {
      json.put("input", input);
    }
    json.put("output", output);
    return json;
  }

  private static Manifest read(Object json) {
    return switch (ManifestReader.read(json)) {
      case ManifestReader.Reading.Valid(var manifest) -> manifest;
      case ManifestReader.Reading.Invalid(var faults) -> throw new AssertionError(faults);
    };
  }

  private static List<String> faults(Object json) {
    return ManifestReader.read(json) instanceof ManifestReader.Reading.Invalid(var faults)
        ? faults.stream().map(Diagnostic::code).toList()
        : List.of();
  }

  private static FunctionContract only(Manifest manifest) {
    return manifest.functions().firstEntry().getValue();
  }

  @Test
  void aFunctionIsTypedAndTreatedAsItsManifestSays() {
    Map<String, Object> said = rate(Map.of("country", "string"), "float64");
    said.put("cacheable", true);
    said.put("cache_ttl_sec", 3600L);
    said.put("timeout_ms", 20L);

    FunctionContract contract = only(read(manifest("1.0.2", Map.of("rate", said))));

    assertThat(contract.signature()).isEqualTo("plugin.pricing.tax.rate(string) -> float64");
    assertThat(contract.timeToLive()).isEqualTo(Duration.ofHours(1));
    assertThat(contract.timeout()).isEqualTo(Duration.ofMillis(20));
    assertThat(contract.cacheable()).isTrue();
  }

  @Test
  void typesAreNamedOnceAndUsedEverywhere() {
    Map<String, Object> json = manifest("1.0.0", Map.of("total", rate("Query", "list<Invoice>")));
    json.put("input", Map.of("Query", Map.of("state", "State?")));
    json.put("types", Map.of("Invoice", Map.of("amount", "float64", "state", "State")));
    json.put("enums", Map.of("State", Map.of("paid", "Paid", "open", "Still open")));

    FunctionContract contract = only(read(json));

    assertThat(contract.input().fields()).containsOnlyKeys("state");
    assertThat(contract.output().describe()).isEqualTo("list<object>");
    assertThat(contract.signature()).contains("enum?");
  }

  @Test
  void typesThatContainThemselvesAreRefused() {
    Map<String, Object> json = manifest("1.0.0", Map.of("total", rate(null, "Node")));
    json.put("types", Map.of("Node", Map.of("next", "Node")));
    assertThat(faults(json)).containsExactly("contract_type_endless");
  }

  @Test
  void namesOfTypesAreTheirOwn() {
    Map<String, Object> json = manifest("1.0.0", Map.of("total", rate(null, "Node")));
    json.put("types", Map.of("Node", Map.of("next", "int"), "int", Map.of("b", "string")));
    json.put("enums", Map.of("Node", Map.of("a", "A")));
    json.put("input", Map.of("2nd", Map.of("b", "string")));
    assertThat(faults(json))
        .containsExactlyInAnyOrder(
            "contract_type_invalid", "contract_type_invalid", "identifier_invalid");
  }

  @Test
  void typesThatNobodyUsesAreTypesToo() {
    Map<String, Object> json = manifest("1.0.0", Map.of("total", rate(null, "int")));
    json.put("types", Map.of("Unused", Map.of("b", "strnig")));
    assertThat(faults(json)).containsExactly("type_unknown");
    assertThat(ManifestReader.published(json)).isInstanceOf(ManifestReader.Reading.Valid.class);
    json.put("types", Map.of("Unused", Map.of("b", "string")));
    assertThat(faults(json)).isEmpty();
  }

  @Test
  void aFunctionSaysOfWhichTypeItsResultIs() {
    Object json = manifest("1.0.0", Map.of("rate", Map.of("input", Map.of("c", "strnig"))));
    assertThat(ManifestReader.read(json))
        .isInstanceOfSatisfying(
            ManifestReader.Reading.Invalid.class,
            invalid -> {
              assertThat(invalid.diagnostics())
                  .extracting(fault -> fault.location().describe())
                  .containsExactly("modules.tax.rate.output", "modules.tax.rate.input.c");
              assertThat(invalid.diagnostics().getFirst().message())
                  .startsWith("Say of which type the function's result is, for example ");
            });
  }

  @Test
  void allFaultsAreToldAtOnce() {
    Map<String, Object> json = manifest("1.0", Map.of("rate", rate(Map.of("c", "strnig"), "dyn")));
    json.put("name", "script");
    json.put("moduels", Map.of());
    json.put("dependencies", List.of("a.b.c"));

    assertThat(faults(json))
        .containsExactlyInAnyOrder(
            "plugin_name_reserved",
            "plugin_version_invalid",
            "manifest_member_unknown",
            "dependency_invalid",
            "type_unknown");
  }

  @Test
  void aContractSurvivesBeingWrittenDown() {
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("b", Map.of("x", "int"));
    input.put("a", "list<string>");
    input.put("c", "float64?");
    FunctionContract contract =
        only(read(manifest("1.0.0", Map.of("rate", rate(input, "map<string,int>")))));
    FunctionContract nothing = only(read(manifest("1.0.0", Map.of("now", rate(null, "string")))));

    for (FunctionContract each : List.of(contract, nothing)) {
      assertThat(
              FunctionContract.withTypes(
                  each.name(), each.types(), each.cacheable(), each.timeToLive(), each.timeout()))
          .isEqualTo(each);
    }
    assertThat(nothing.output()).isEqualTo(Scalar.STRING);
  }

  @Test
  void aLaterVersionKeepsWhatWasPromised() {
    Manifest promised =
        read(manifest("1.0.0", Map.of("rate", rate(Map.of("country", "string"), "float64"))));
    Map<String, Object> more = new LinkedHashMap<>();
    more.put("country", "string");
    more.put("day", "timestamp?");

    assertThat(broken(promised, "1.1.0", rate(more, "float64"))).isEmpty();
    assertThat(broken(promised, "1.1.0", rate(Map.of("land", "string"), "float64"))).hasSize(1);
    assertThat(broken(promised, "1.1.0", rate(Map.of("country", "int"), "float64"))).hasSize(1);
    assertThat(broken(promised, "1.1.0", rate(Map.of("country", "string"), "string"))).hasSize(1);
    assertThat(broken(promised, "2.0.0", rate(Map.of("land", "string"), "float64"))).isEmpty();
    assertThat(
            Compatibility.faults(
                promised, read(manifest("1.2.0", Map.of("rates", rate(null, "float64"))))))
        .singleElement()
        .extracting(Diagnostic::message)
        .isEqualTo(
            "The function pricing.tax.rate of version 1.0.0 is not in version 1.2.0. Keep it, or raise the major version.");
  }

  private static List<Diagnostic> broken(
      Manifest promised, String version, Map<String, Object> rate) {
    return Compatibility.faults(promised, read(manifest(version, Map.of("rate", rate))));
  }
}
