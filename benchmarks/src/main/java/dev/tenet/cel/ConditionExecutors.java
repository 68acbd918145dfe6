package dev.tenet.cel;

import dev.tenet.cel.bytecode.CodeCompiler;
import dev.tenet.cel.index.Residuals;
import dev.tenet.cel.plan.Condition;
import dev.tenet.cel.plan.Slots;
import dev.tenet.cel.plan.TimeLimit;
import dev.tenet.domain.definition.DefinitionReader;
import dev.tenet.domain.definition.RuleDefinition;
import dev.tenet.domain.definition.RuleSetDefinition;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.evaluation.FactLayout;
import dev.tenet.domain.evaluation.FactReader;
import dev.tenet.domain.evaluation.Facts;
import dev.tenet.domain.tenant.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/// What in the engine can say whether one condition holds, without the rule set around it.
public final class ConditionExecutors {

  private ConditionExecutors() {}

  /// {@return the condition by the engine's typed nodes, on each of the facts by their number}
  ///
  /// @param condition in CEL
  /// @param schema as it is written
  /// @param facts as plain JSON values
  public static IntPredicate tree(
      String condition, Map<String, ?> schema, List<? extends Map<String, ?>> facts) {
    CelRuleSet rules = rules(condition, schema);
    Condition typed = typed(rules);
    Slots[] slots = slots(rules, facts);
    return number -> {
      Slots read = slots[number];
      read.fuel = Limits.DEFAULT.ruleCost();
      return typed.test(read) == Condition.TRUE;
    };
  }

  /// {@return the condition by generated code, on each of the facts by their number}
  ///
  /// @param condition in CEL
  /// @param schema as it is written
  /// @param facts as plain JSON values
  public static IntPredicate bytecode(
      String condition, Map<String, ?> schema, List<? extends Map<String, ?>> facts) {
    CelRuleSet rules = rules(condition, schema);
    Residuals code = new CodeCompiler(Runnable::run).code(List.of(typed(rules)));
    Slots[] slots = slots(rules, facts);
    return number -> {
      Slots read = slots[number];
      read.fuelEach(Limits.DEFAULT.ruleCost());
      return code.holding(0, 1, read) == 1;
    };
  }

  private static CelRuleSet rules(String condition, Map<String, ?> schema) {
    var written =
        new RuleSetDefinition(
            schema, List.of(), List.of(RuleDefinition.of("condition", condition)));
    var state =
        switch (DefinitionReader.read(written, Limits.DEFAULT)) {
          case DefinitionReader.Reading.Valid(var valid) -> valid;
          case DefinitionReader.Reading.Invalid(var faults) ->
              throw new IllegalStateException(faults.getFirst().line());
        };
    return (CelRuleSet) new CelRuleCompiler(Limits.DEFAULT, List.of()).compile(state).ruleSet();
  }

  /// {@return the typed form of the only rule's condition}
  private static Condition typed(CelRuleSet rules) {
    Condition typed = rules.compiled().orElseThrow().programs().all().getFirst().typed();
    if (typed instanceof Condition.Opaque) {
      throw new IllegalStateException("the condition has no typed form: " + typed);
    }
    return typed;
  }

  private static Slots[] slots(CelRuleSet rules, List<? extends Map<String, ?>> facts) {
    FactLayout layout = rules.layout().orElseThrow();
    TimeLimit never = TimeLimit.of(Duration.ofDays(1));
    return facts.stream()
        .map(plain -> Slots.of(facts(layout, plain), 0, _ -> Condition.FAULT, never))
        .toArray(Slots[]::new);
  }

  private static Facts facts(FactLayout layout, Map<String, ?> plain) {
    return switch (FactReader.read(layout, plain, Location.root())) {
      case FactReader.Reading.Valid(var facts) -> facts;
      case FactReader.Reading.Invalid(var diagnostics) ->
          throw new IllegalStateException(diagnostics.getFirst().line());
    };
  }
}
