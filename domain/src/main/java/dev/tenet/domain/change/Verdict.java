package dev.tenet.domain.change;

import dev.tenet.domain.derived.DerivedField;
import dev.tenet.domain.derived.DerivedFieldId;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.tenant.TenantState;
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

  /// {@return the state with everything broken that this verdict finds faulty, and nothing else}
  ///
  /// @param state the one that the verdict is on; before the first schema there is no verdict
  public TenantState seenOn(TenantState state) {
    if (state.activeSchema().isEmpty()) {
      return state;
    }
    boolean same =
        state.rules().stream().allMatch(rule -> rule.equals(seen(rule)))
            && state.derivedFields().stream().allMatch(field -> field.equals(seen(field)));
    return same
        ? state
        : new TenantState(
            state.tenant(),
            state.revision(),
            state.schema(),
            state.latestSchemaVersion(),
            state.derivedFields().stream().map(this::seen).toList(),
            state.rules().stream().map(this::seen).toList());
  }

  private Rule seen(Rule rule) {
    List<Diagnostic> faults = ruleFaults.getOrDefault(rule.id(), List.of());
    return faults.equals(rule.faults()) ? rule : rule.broken(faults, rule.updatedAt());
  }

  private DerivedField seen(DerivedField field) {
    List<Diagnostic> faults = derivedFaults.getOrDefault(field.id(), List.of());
    DerivedField settled =
        faults.equals(field.faults()) ? field : field.broken(faults, field.updatedAt());
    Inference inference = inferences.get(field.id());
    return inference == null
        ? settled
        : settled.inferred(inference.type(), inference.dependencies());
  }
}
