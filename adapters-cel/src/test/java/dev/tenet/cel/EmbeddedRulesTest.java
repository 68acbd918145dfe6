package dev.tenet.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tenet.application.evaluation.RuleSet;
import dev.tenet.domain.definition.DefinitionFault;
import dev.tenet.domain.definition.RuleDefinition;
import dev.tenet.domain.definition.RuleSetDefinition;
import dev.tenet.domain.evaluation.RuleFault;
import dev.tenet.domain.evaluation.RuleOutcome;
import dev.tenet.domain.evaluation.Selection;
import dev.tenet.domain.tenant.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Rules inside a program: what they say, and what is said of faulty ones.
final class EmbeddedRulesTest {

  private static final Instant NOW = Instant.parse("2026-02-03T10:00:00Z");
  private static final RuleDefinition OLD =
      RuleDefinition.of("old", "User.Age >= retirement").tagged("age").then("age", "User.Age");
  private static final RuleDefinition LATE =
      RuleDefinition.of("late", "now > User.Due").tagged("time");
  private static final RuleSetDefinition RULES =
      RuleSetDefinition.of(Map.of("User", Map.of("Age", "int", "Due", "timestamp")))
          .derivedField("retirement", "50 + bonus")
          .derivedField("bonus", "17")
          .rule(OLD)
          .rule(LATE);
  private static final Map<String, ?> FACTS =
      Map.of("User", Map.of("Age", 70, "Due", "2026-02-03T10:00:00Z"));

  private static List<String> faults(EmbeddedRules.Result result) {
    assertThat(result).isInstanceOf(EmbeddedRules.Result.Refused.class);
    return ((EmbeddedRules.Result.Refused) result)
        .faults().stream().map(DefinitionFault::line).toList();
  }

  @Test
  void allRulesDecideInTheirOrder() {
    RuleSet.Evaluation evaluation =
        EmbeddedRules.compile(RULES)
            .orElseThrow()
            .evaluate(FACTS, NOW.plusSeconds(1))
            .orElseThrow();

    assertThat(evaluation.outcomes())
        .containsExactly(
            new RuleOutcome(OLD.id(), "old", true, null, Map.of("age", 70L), null),
            new RuleOutcome(LATE.id(), "late", true, null, Map.of(), null));
  }

  @Test
  void aSelectionNamesRulesByTagAndId() {
    EmbeddedRules rules = EmbeddedRules.compile(RULES).orElseThrow();
    var byTag = new Selection(List.of(), Set.of("time"), false, false);
    var byId =
        new Selection(List.of(OLD.id(), RuleDefinition.of("x", "").id()), Set.of(), false, false);

    assertThat(rules.evaluate(FACTS, byTag, NOW).orElseThrow().outcomes())
        .containsExactly(new RuleOutcome(LATE.id(), "late", false, null, Map.of(), null));
    assertThat(rules.evaluate(FACTS, byId, NOW).orElseThrow())
        .satisfies(
            evaluation -> {
              assertThat(evaluation.outcomes())
                  .extracting(RuleOutcome::ruleName)
                  .containsExactly("old");
              assertThat(evaluation.notFound()).containsExactly(RuleDefinition.of("x", "").id());
            });
  }

  @Test
  void aMissingFactIsTheFaultOfTheRuleThatReadsIt() {
    List<RuleOutcome> outcomes =
        EmbeddedRules.compile(RULES)
            .orElseThrow()
            .evaluate(Map.of("User", Map.of("Age", 70)), NOW)
            .orElseThrow()
            .outcomes();

    assertThat(outcomes.getFirst().matched()).isTrue();
    assertThat(outcomes.getLast().fault()).extracting(RuleFault::code).isEqualTo("fact_missing");
  }

  @Test
  void factsThatContradictTheSchemaAreNamedAtOnce() {
    EmbeddedRules.Outcome outcome =
        EmbeddedRules.compile(RULES)
            .orElseThrow()
            .evaluate(Map.of("User", Map.of("Age", "70", "Due", NOW)), NOW);

    assertThat(outcome).isInstanceOf(EmbeddedRules.Outcome.InvalidFacts.class);
    assertThatIllegalArgumentException()
        .isThrownBy(outcome::orElseThrow)
        .withMessageContaining("/User/Age: Expected an integer but found a string.")
        .withMessageContaining("/User/Due: Expected a timestamp such as");
  }

  @Test
  void everyFaultOfADefinitionIsNamedWithItsPart() {
    EmbeddedRules.Result result =
        EmbeddedRules.compile(
            RULES
                .derivedField("broken", "User.Aeg")
                .rule(RuleDefinition.of("typo", "User.Age >= 18 &&\n User.Du < now"))
                .rule(RuleDefinition.of("output", "true").then("x", "User.Age + 'a'"))
                .rule(RuleDefinition.of("uses", "broken > 1")));

    assertThat(faults(result))
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .isEqualTo(
                        "derived field \"broken\", expression, line 1, column 6: User has no field \"Aeg\"; did you mean \"Age\"?"),
            line ->
                assertThat(line)
                    .startsWith("rule \"typo\", expression, line 2, column 7: User has"),
            line -> assertThat(line).startsWith("rule \"output\", then.x, line 1, column 10: "),
            line -> assertThat(line).startsWith("rule \"uses\", expression, line 1, column 1: "));
    assertThatIllegalArgumentException()
        .isThrownBy(result::orElseThrow)
        .withMessage(String.join("\n", faults(result)));
  }

  @Test
  void theLimitsAreThoseOfTheCompiler() {
    Limits base = Limits.DEFAULT;
    var oneRule =
        new Limits(1, 2, 1000, 100, 10, 100, 1, 1000, 1, base.ruleCost(), Duration.ofSeconds(1));

    assertThat(faults(EmbeddedRules.compile(RULES, new CelRuleCompiler(oneRule, List.of()))))
        .singleElement()
        .asString()
        .startsWith("rule \"late\"");
  }
}
