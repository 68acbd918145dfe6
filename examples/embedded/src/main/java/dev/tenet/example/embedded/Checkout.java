package dev.tenet.example.embedded;

import dev.tenet.cel.EmbeddedRules;
import dev.tenet.domain.definition.RuleDefinition;
import dev.tenet.domain.definition.RuleSetDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Decides over an order at the checkout of a shop.
public final class Checkout {

  static final RuleSetDefinition RULES =
      RuleSetDefinition.of(
              Map.of(
                  "Customer", Map.of("Age", "int", "Since", "timestamp"),
                  "Order", Map.of("Total", "float64", "Items", "list<string>")))
          .derivedField("isLoyal", "now - Customer.Since > duration('8760h')")
          .rule(
              RuleDefinition.of("age-gate", "Customer.Age < 18 && 'whisky' in Order.Items")
                  .tagged("compliance")
                  .then("reason", "'Whisky is for adults.'"))
          .rule(
              RuleDefinition.of("discount", "isLoyal && Order.Total >= 100.0")
                  .tagged("price", "loyalty")
                  .then("percent", "Order.Total >= 500.0 ? 10 : 5"));

  private Checkout() {}

  public static void main(String[] arguments) {
    var rules = EmbeddedRules.compile(RULES).orElseThrow();
    var facts =
        Map.of(
            "Customer", Map.of("Age", 34, "Since", "2024-05-01T00:00:00Z"),
            "Order", Map.of("Total", 620.0, "Items", List.of("whisky", "bread")));
    for (var outcome : rules.evaluate(facts, Instant.now()).orElseThrow().outcomes()) {
      System.out.printf(
          "%s: %s %s%n",
          outcome.ruleName(), outcome.matched() ? "matched" : "not matched", outcome.outputs());
    }
  }
}
