package dev.tenet.domain.evaluation;

import dev.tenet.domain.rule.RuleId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What of a tenant's definitions is made from sensitive fields.
///
/// @param derivedFields the names of such derived fields
/// @param rules the rules that read sensitive fields
public record Secrets(Set<String> derivedFields, Map<RuleId, OfRule> rules) {

  /// Nothing.
  public static final Secrets NONE = new Secrets(Set.of(), Map.of());

  /// What of a rule is made from sensitive fields.
  ///
  /// @param fields the sensitive fields that it reads, itself or by derived fields, these among them, and objects and lists
  ///     that hold some and are read whole
  /// @param outputs the names of the outputs that are
  public record OfRule(Set<String> fields, Set<String> outputs) {
    public OfRule {
      fields = Set.copyOf(fields);
      outputs = Set.copyOf(outputs);
    }
  }

  public Secrets {
    derivedFields = Set.copyOf(derivedFields);
    rules = Map.copyOf(rules);
  }

  /// {@return the outcomes as they may be written down: without traces, with outputs as JSON has them; for one that is made
  /// from sensitive fields stands `***`, unless it is true or false}
  public List<RuleOutcome> mask(List<RuleOutcome> outcomes) {
    List<RuleOutcome> masked = new ArrayList<>(outcomes.size());
    for (RuleOutcome outcome : outcomes) {
      masked.add(
          outcome.outputs().isEmpty() && outcome.trace() == null
              ? outcome
              : new RuleOutcome(
                  outcome.ruleId(),
                  outcome.ruleName(),
                  outcome.matched(),
                  outcome.fault(),
                  outputs(outcome),
                  null));
    }
    return masked;
  }

  private Map<String, @Nullable Object> outputs(RuleOutcome outcome) {
    OfRule ofRule = rules.get(outcome.ruleId());
    if (ofRule == null) {
      return JsonValues.object(outcome.outputs());
    }
    Map<String, @Nullable Object> outputs = new LinkedHashMap<>();
    outcome
        .outputs()
        .forEach(
            (name, value) ->
                outputs.put(
                    name,
                    ofRule.outputs().contains(name) && !(value instanceof Boolean)
                        ? MaskedFacts.MASK
                        : JsonValues.of(value)));
    return outputs;
  }

  /// {@return those of some masked fields that the rule reads}
  ///
  /// @param masked paths as in [MaskedFacts]
  public List<String> read(RuleId rule, List<String> masked) {
    OfRule ofRule = rules.get(rule);
    return ofRule == null
        ? List.of()
        : masked.stream()
            .filter(path -> ofRule.fields().stream().anyMatch(field -> overlap(field, path)))
            .toList();
  }

  private static boolean overlap(String field, String path) {
    return field.equals(path) || isWithin(field, path) || isWithin(path, field);
  }

  private static boolean isWithin(String inner, String outer) {
    return inner.length() > outer.length()
        && inner.startsWith(outer)
        && (inner.charAt(outer.length()) == '.' || inner.charAt(outer.length()) == '[');
  }
}
