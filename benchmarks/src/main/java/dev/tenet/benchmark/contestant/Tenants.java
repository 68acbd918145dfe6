package dev.tenet.benchmark.contestant;

import dev.tenet.application.evaluation.RuleSet;
import dev.tenet.benchmark.rules.GeneratedRule;
import dev.tenet.benchmark.rules.Sample;
import dev.tenet.cel.CelRuleCompiler;
import dev.tenet.domain.definition.DefinitionReader;
import dev.tenet.domain.definition.RuleDefinition;
import dev.tenet.domain.definition.RuleSetDefinition;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.evaluation.FactReader;
import dev.tenet.domain.evaluation.Facts;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.domain.tenant.TenantState;
import java.util.List;
import java.util.Map;

/// Makes of generated rules what Tenet takes. A fault in them is a bug of the benchmarks.
public final class Tenants {

  private Tenants() {}

  /// {@return the rules as a user would write them}
  public static RuleSetDefinition written(List<GeneratedRule> rules) {
    return new RuleSetDefinition(
        Sample.SCHEMA,
        List.of(),
        rules.stream().map(rule -> RuleDefinition.of(rule.name(), rule.cel())).toList());
  }

  /// {@return the definitions of a tenant with these rules}
  public static TenantState state(RuleSetDefinition written) {
    return switch (DefinitionReader.read(written, Limits.DEFAULT)) {
      case DefinitionReader.Reading.Valid(var state) -> state;
      case DefinitionReader.Reading.Invalid(var faults) ->
          throw new IllegalStateException(faults.getFirst().line());
    };
  }

  /// {@return the rules, ready to run}
  public static RuleSet compiled(CelRuleCompiler compiler, TenantState state) {
    var compilation = compiler.compile(state);
    if (!compilation.verdict().ruleFaults().isEmpty()) {
      throw new IllegalStateException(compilation.verdict().ruleFaults().toString());
    }
    return compilation.ruleSet();
  }

  /// {@return the facts as the rules take them}
  ///
  /// @param plain by object and field, as plain JSON values
  public static Facts facts(RuleSet rules, Map<String, ?> plain) {
    return switch (FactReader.read(rules.layout().orElseThrow(), plain, Location.root())) {
      case FactReader.Reading.Valid(var facts) -> facts;
      case FactReader.Reading.Invalid(var diagnostics) ->
          throw new IllegalStateException(diagnostics.getFirst().line());
    };
  }
}
