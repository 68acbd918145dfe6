package dev.tenet.domain.evaluation;

import static java.util.Objects.requireNonNull;

import dev.tenet.domain.rule.RuleId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What one rule says about the facts.
///
/// @param matched whether the condition was true; false when there is a fault
/// @param fault why the rule could not be evaluated
/// @param outputs the rule's outputs in their order, empty unless it matched; plain values as in [Facts]
/// @param trace how it came to that, when asked for
public record RuleOutcome(
    RuleId ruleId,
    String ruleName,
    boolean matched,
    @Nullable RuleFault fault,
    Map<String, @Nullable Object> outputs,
    @Nullable Trace trace) {
  public RuleOutcome {
    requireNonNull(ruleId);
    requireNonNull(ruleName);
    outputs =
        outputs.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
    if (matched && fault != null) {
      throw new IllegalArgumentException("a rule with a fault has not matched");
    }
  }
}
