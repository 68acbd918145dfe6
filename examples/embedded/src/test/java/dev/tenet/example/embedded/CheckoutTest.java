package dev.tenet.example.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tenet.application.evaluation.RuleSet.Evaluation;
import dev.tenet.cel.CelRuleCompiler;
import dev.tenet.cel.EmbeddedRules;
import dev.tenet.domain.change.Verdict;
import dev.tenet.domain.definition.DefinitionReader;
import dev.tenet.domain.definition.DefinitionReader.Reading;
import dev.tenet.domain.definition.RuleDefinition;
import dev.tenet.domain.definition.RuleSetDefinition;
import dev.tenet.domain.evaluation.RuleOutcome;
import dev.tenet.domain.evaluation.Selection;
import dev.tenet.domain.tenant.Limits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The rules decide as they read, and alike wherever their definition is compiled.
final class CheckoutTest {

  private static final Instant NOW = Instant.parse("2026-02-03T10:00:00Z");
  private static final Selection EXPLAINED = new Selection(List.of(), Set.of(), false, true);

  private static Map<String, ?> facts(int age, String since, double total, String item) {
    return Map.of(
        "Customer", Map.of("Age", age, "Since", since),
        "Order", Map.of("Total", total, "Items", List.of(item)));
  }

  private static List<Evaluation> evaluations(RuleSetDefinition definition) {
    EmbeddedRules rules = EmbeddedRules.compile(definition).orElseThrow();
    List<Evaluation> evaluations = new ArrayList<>();
    for (int age : new int[] {0, 17, 18, 99}) {
      for (String since : List.of("2025-02-03T09:59:59Z", "2025-02-03T10:00:00Z")) {
        for (double total : new double[] {0, 99.99, 100, 499.99, 500}) {
          for (String item : List.of("whisky", "bread")) {
            evaluations.add(
                rules.evaluate(facts(age, since, total, item), EXPLAINED, NOW).orElseThrow());
          }
        }
      }
    }
    return evaluations;
  }

  private static Verdict verdict(RuleSetDefinition definition) {
    return switch (DefinitionReader.read(definition, Limits.DEFAULT)) {
      case Reading.Valid(var state) ->
          new CelRuleCompiler(Limits.DEFAULT, List.of()).compile(state).verdict();
      case Reading.Invalid(var faults) -> throw new AssertionError(faults);
    };
  }

  private static RuleSetDefinition sent(RuleSetDefinition definition)
      throws IOException, ClassNotFoundException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(definition);
    }
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (RuleSetDefinition) in.readObject();
    }
  }

  @Test
  void theRulesDecideAsTheyRead() {
    List<RuleOutcome> outcomes =
        EmbeddedRules.compile(Checkout.RULES)
            .orElseThrow()
            .evaluate(facts(17, "2024-01-01T00:00:00Z", 120, "whisky"), NOW)
            .orElseThrow()
            .outcomes();

    assertThat(outcomes)
        .extracting(RuleOutcome::ruleName, RuleOutcome::matched, RuleOutcome::outputs)
        .containsExactly(
            tuple("age-gate", true, Map.of("reason", "Whisky is for adults.")),
            tuple("discount", true, Map.of("percent", 5L)));
    assertThat(evaluations(Checkout.RULES).stream().flatMap(e -> e.outcomes().stream()))
        .extracting(RuleOutcome::matched)
        .contains(true, false);
  }

  @Test
  void aDefinitionThatWasSentDecidesAlike() throws Exception {
    RuleSetDefinition received = sent(Checkout.RULES);

    assertThat(received).isEqualTo(Checkout.RULES);
    assertThat(evaluations(received)).isEqualTo(evaluations(Checkout.RULES));
  }

  @Test
  void aDefinitionThatWasSentHasTheSameVerdict() throws Exception {
    RuleSetDefinition faulty =
        Checkout.RULES
            .derivedField("isLarge", "Order.Totl > 1000.0")
            .rule(RuleDefinition.of("large", "isLarge"));

    assertThat(verdict(sent(Checkout.RULES))).isEqualTo(verdict(Checkout.RULES));
    assertThat(verdict(sent(faulty))).isEqualTo(verdict(faulty));
    assertThat(verdict(faulty).ruleFaults()).hasSize(1);
    assertThat(verdict(faulty).derivedFaults()).hasSize(1);
  }
}
