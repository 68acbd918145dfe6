package dev.tenet.http.plugin;

import dev.tenet.domain.plugin.FunctionContract;
import dev.tenet.domain.plugin.InstalledPlugin;
import dev.tenet.domain.plugin.Manifest;
import dev.tenet.domain.tenant.TenantState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The contracts of a version of a plugin.
public record ContractsJson(String plugin, String version, List<ContractJson> functions) {

  static ContractsJson of(Manifest manifest) {
    return new ContractsJson(
        manifest.name(),
        manifest.version().toString(),
        contracts(manifest.functions().values(), manifest.version().toString()));
  }

  private static List<ContractJson> contracts(
      Iterable<FunctionContract> functions, String version) {
    List<ContractJson> contracts = new ArrayList<>();
    functions.forEach(function -> contracts.add(ContractJson.of(function, version)));
    return contracts;
  }

  /// What a function takes and gives, and how it may be treated.
  ///
  /// @param function its name where functions are invoked
  /// @param expression its name in expressions
  /// @param signature how it is called in expressions
  /// @param version of its plugin
  /// @param cacheTtlSeconds how long a result may be given again; missing when it may not
  /// @param input JSON Schema of the payload
  /// @param output JSON Schema of the result
  public record ContractJson(
      String function,
      String expression,
      String signature,
      String version,
      long timeoutMs,
      @Nullable Long cacheTtlSeconds,
      Map<String, Object> input,
      Map<String, Object> output) {

    static ContractJson of(FunctionContract contract, String version) {
      return new ContractJson(
          contract.name().toString(),
          contract.name().inExpressions(),
          contract.signature(),
          version,
          contract.timeout().toMillis(),
          contract.cacheable() ? contract.timeToLive().toSeconds() : null,
          JsonSchemas.input(contract.input()),
          JsonSchemas.document(contract.output()));
    }
  }

  /// All that a tenant's data and functions look like.
  ///
  /// @param schemaVersion of the schema in force; missing when there is none
  /// @param facts JSON Schema of the facts, by that schema
  /// @param functions what the tenant's rules may call of plugins and scripts
  public record OfTenant(
      @Nullable Integer schemaVersion,
      @Nullable Map<String, Object> facts,
      List<ContractJson> functions) {

    static OfTenant of(TenantState state) {
      List<ContractJson> functions = new ArrayList<>();
      for (InstalledPlugin plugin : state.settings().plugins().values()) {
        functions.addAll(contracts(plugin.callable(), plugin.version()));
      }
      return state
          .activeSchema()
          .map(
              active ->
                  new OfTenant(active.version(), JsonSchemas.facts(active.schema()), functions))
          .orElseGet(() -> new OfTenant(null, null, functions));
    }
  }
}
