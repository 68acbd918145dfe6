package dev.tenet.testkit;

import dev.tenet.application.evaluation.RuleSet;
import dev.tenet.cel.CelRuleCompiler;
import dev.tenet.cel.EmbeddedRules;
import dev.tenet.domain.definition.DefinitionFault;
import dev.tenet.domain.definition.RuleDefinition;
import dev.tenet.domain.definition.RuleSetDefinition;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.evaluation.RuleFault;
import dev.tenet.domain.evaluation.RuleOutcome;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.spi.Function;
import dev.tenet.spi.FunctionProvider;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Tries functions in expressions: parsed, type-checked, planned and evaluated as a rule's on the server, within the default limits.
/// Immutable.
public final class FunctionTrial {

  private static final String VALUE = "value";
  private static final Map<String, ?> NO_OBJECTS = Map.of("Nothing", Map.of("At", "bool?"));

  private final CelRuleCompiler compiler;
  private final Map<String, ?> schema;
  private final Map<String, ?> facts;
  private final Instant now;

  private FunctionTrial(
      CelRuleCompiler compiler, Map<String, ?> schema, Map<String, ?> facts, Instant now) {
    this.compiler = compiler;
    this.schema = schema;
    this.facts = facts;
    this.now = now;
  }

  /// {@return a trial of the functions of these providers, without facts}
  ///
  /// @throws IllegalArgumentException naming a function whose name is taken
  public static FunctionTrial of(FunctionProvider... providers) {
    return of(Arrays.stream(providers).flatMap(provider -> provider.functions().stream()).toList());
  }

  /// {@return a trial of these functions, without facts}
  ///
  /// @throws IllegalArgumentException naming a function whose name is taken
  public static FunctionTrial of(List<Function> functions) {
    return new FunctionTrial(
        new CelRuleCompiler(Limits.DEFAULT, functions), NO_OBJECTS, Map.of(), Instant.EPOCH);
  }

  /// {@return the same functions, for expressions over these facts}
  ///
  /// @param otherSchema as it is written, such as `Map.of("Order", Map.of("Lat", "float64"))`
  /// @param otherFacts as plain JSON values, such as `Map.of("Order", Map.of("Lat", 52.5))`
  public FunctionTrial with(Map<String, ?> otherSchema, Map<String, ?> otherFacts) {
    return new FunctionTrial(compiler, otherSchema, otherFacts, now);
  }

  /// {@return the same trial at this moment, which is the value of the variable `now`}
  public FunctionTrial at(Instant moment) {
    return new FunctionTrial(compiler, schema, facts, moment);
  }

  /// {@return what the expression gives, as a plain value}
  ///
  /// @throws AssertionError when the expression does not compile, when evaluating it fails, or when the facts contradict the
  ///     schema, with the reason
  public @Nullable Object value(String expression) {
    RuleOutcome outcome = outcome(expression);
    RuleFault fault = outcome.fault();
    if (fault != null) {
      throw new AssertionError(
          "%s fails with %s: %s".formatted(expression, fault.code(), fault.message()));
    }
    return outcome.outputs().get(VALUE);
  }

  /// {@return why evaluating the expression fails}
  ///
  /// @throws AssertionError when it does not fail, when the expression does not compile, or when the facts contradict the schema
  public RuleFault fault(String expression) {
    RuleOutcome outcome = outcome(expression);
    RuleFault fault = outcome.fault();
    if (fault == null) {
      throw new AssertionError(
          "%s does not fail; it gives %s".formatted(expression, outcome.outputs().get(VALUE)));
    }
    return fault;
  }

  /// {@return why the expression does not compile; empty when it does}
  public List<Diagnostic> errors(String expression) {
    return switch (compiled(expression)) {
      case EmbeddedRules.Result.Compiled compiled -> List.of();
      case EmbeddedRules.Result.Refused(var faults) ->
          faults.stream().map(DefinitionFault::diagnostic).toList();
    };
  }

  private EmbeddedRules.Result compiled(String expression) {
    RuleDefinition rule = RuleDefinition.of("trial", "true").then(VALUE, expression);
    return EmbeddedRules.compile(RuleSetDefinition.of(schema).rule(rule), compiler);
  }

  private RuleOutcome outcome(String expression) {
    RuleSet.Evaluation evaluation;
    try {
      evaluation = compiled(expression).orElseThrow().evaluate(facts, now).orElseThrow();
    } catch (IllegalArgumentException e) {
      throw new AssertionError(expression + ": " + e.getMessage(), e);
    }
    return evaluation.outcomes().getFirst();
  }
}
