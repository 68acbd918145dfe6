package dev.tenet.domain.change;

import dev.tenet.domain.derived.DerivedFieldId;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.rule.RuleId;
import java.util.List;
import java.util.Map;

/// What the compiler says of a tenant's definitions.
///
/// @param ruleFaults the errors of each rule that cannot be evaluated, whether its author wants it evaluated or not
/// @param derivedFaults the errors of each derived field that cannot be computed
/// @param inferences what it inferred of each derived field that can
public record Verdict(
    Map<RuleId, List<Diagnostic>> ruleFaults,
    Map<DerivedFieldId, List<Diagnostic>> derivedFaults,
    Map<DerivedFieldId, Inference> inferences) {

  /// What the compiler inferred of a derived field.
  ///
  /// @param type as CEL spells it
  /// @param dependencies the fields and derived fields it reads, sorted
  public record Inference(String type, List<String> dependencies) {
    public Inference {
      dependencies = List.copyOf(dependencies);
    }
  }

  public Verdict {
    ruleFaults = Map.copyOf(ruleFaults);
    derivedFaults = Map.copyOf(derivedFaults);
    inferences = Map.copyOf(inferences);
  }
}
