package dev.tenet.domain.change;

import dev.tenet.domain.change.Decider.Decision;
import dev.tenet.domain.change.Rejection.Dependant;
import dev.tenet.domain.derived.DerivedField;
import dev.tenet.domain.derived.DerivedFieldId;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.tenant.TenantState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Settles what the compiler's verdict on the next state means: the second half of the write side.
///
/// - A rule or derived field that does not compile is refused.
/// - A derived field that others use is neither removed nor changed in a way that breaks them.
/// - A schema may break rules and derived fields; they stay, marked with the reason, and come back when a later change
///   repairs them. A strict change of the schema is refused instead.
public final class Settlement {

  private final TenantState next;
  private final Command command;
  private final Verdict verdict;
  private final Supplier<Verdict> before;

  private Settlement(TenantState next, Command command, Verdict verdict, Supplier<Verdict> before) {
    this.before = before;
    this.next = next;
    this.command = command;
    this.verdict = verdict;
  }

  /// {@return the changes and all that follows from them, or why they are refused}
  ///
  /// @param next the state after `changes`
  /// @param verdict the compiler's, on `next`
  /// @param before the compiler's on the state before, asked only when it matters: what was broken already, by a function
  ///     that is gone for example, is no fault of this command
  public static Decision settle(
      TenantState next,
      Command command,
      List<Change> changes,
      Verdict verdict,
      Supplier<Verdict> before) {
    return new Settlement(next, command, verdict, before).settle(changes);
  }

  private Decision settle(List<Change> changes) {
    Optional<Rejection> rejection =
        switch (command) {
          case Command.AddRule(var id, _, _, _, _, _, _) -> ruleFault(id);
          case Command.ReviseRule(var id, _) -> ruleFault(id);
          case Command.DefineDerivedField(var id, _, _, _) -> derivedFieldFault(id);
          case Command.ReviseDerivedField(var id, _) -> derivedFieldFault(id);
          case Command.RemoveDerivedField _ -> inUse("It cannot be removed");
          case Command.DefineSchema(_, _, _, var strict) -> strictly(strict);
          case Command.ActivateSchema(_, var strict) -> strictly(strict);
          case Command.RenameTenant _,
              Command.GovernTenant _,
              Command.DeleteTenant _,
              Command.RemoveRule _ ->
              Optional.empty();
        };
    return rejection
        .<Decision>map(Decision.Rejected::new)
        .orElseGet(() -> new Decision.Accepted(consequences(changes)));
  }

  /// A rule that was broken before and was only renamed or switched off may stay broken.
  private Optional<Rejection> ruleFault(RuleId id) {
    boolean knownToBeBroken = next.rule(id).filter(rule -> !rule.faults().isEmpty()).isPresent();
    List<Diagnostic> faults = verdict.ruleFaults().getOrDefault(id, List.of());
    return faults.isEmpty() || knownToBeBroken
        ? Optional.empty()
        : Optional.of(Rejection.invalid(faults));
  }

  private Optional<Rejection> derivedFieldFault(DerivedFieldId id) {
    boolean knownToBeBroken =
        next.derivedField(id).filter(field -> !field.faults().isEmpty()).isPresent();
    List<Diagnostic> faults = verdict.derivedFaults().getOrDefault(id, List.of());
    return faults.isEmpty() || knownToBeBroken
        ? inUse("This change would break them")
        : Optional.of(Rejection.invalid(faults));
  }

  private Optional<Rejection> inUse(String consequence) {
    List<Dependant> broken = newlyBroken();
    return broken.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Rejection.blocked(
                "derived_field_in_use",
                "The derived field is used by %s. %s; change them first."
                    .formatted(names(broken), consequence),
                broken));
  }

  private Optional<Rejection> strictly(boolean strict) {
    List<Dependant> broken = strict ? newlyBroken() : List.of();
    return broken.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Rejection.blocked(
                "schema_breaks_rules",
                "The schema would break %s; nothing was changed.".formatted(names(broken)),
                broken));
  }

  private static String names(List<Dependant> dependants) {
    String names =
        dependants.stream()
            .limit(5)
            .map(d -> d.kind() + " \"" + d.name() + '"')
            .collect(Collectors.joining(", "));
    return dependants.size() > 5 ? names + " and " + (dependants.size() - 5) + " more" : names;
  }

  private List<Dependant> newlyBroken() {
    if (verdict.ruleFaults().isEmpty() && verdict.derivedFaults().isEmpty()) {
      return List.of();
    }
    Verdict earlier = before.get();
    List<Dependant> broken = new ArrayList<>();
    for (DerivedField field : next.derivedFields()) {
      List<Diagnostic> faults = verdict.derivedFaults().get(field.id());
      if (faults != null
          && field.faults().isEmpty()
          && !earlier.derivedFaults().containsKey(field.id())) {
        broken.add(new Dependant("derived", field.id().toString(), field.name(), faults));
      }
    }
    for (Rule rule : next.rules()) {
      List<Diagnostic> faults = verdict.ruleFaults().get(rule.id());
      if (faults != null
          && rule.faults().isEmpty()
          && !earlier.ruleFaults().containsKey(rule.id())) {
        broken.add(new Dependant("rule", rule.id().toString(), rule.name(), faults));
      }
    }
    return broken;
  }

  private List<Change> consequences(List<Change> changes) {
    int compiled =
        (int)
            next.rules().stream()
                .filter(rule -> rule.enabled() && !verdict.ruleFaults().containsKey(rule.id()))
                .count();
    List<Change> all = new ArrayList<>();
    for (Change change : changes) {
      all.add(
          switch (change) {
            case Change.SchemaDefined(var version, _) ->
                new Change.SchemaDefined(version, compiled);
            case Change.SchemaActivated(var version, var from, _) ->
                new Change.SchemaActivated(version, from, compiled);
            case Change.DerivedFieldDefined(var field) ->
                new Change.DerivedFieldDefined(inferred(field));
            case Change.DerivedFieldRevised(var field) ->
                new Change.DerivedFieldRevised(inferred(field));
            default -> change;
          });
    }
    derivedFieldConsequences(all);
    ruleConsequences(all);
    return all;
  }

  private void derivedFieldConsequences(List<Change> all) {
    Map<DerivedFieldId, DerivedField> fields = new LinkedHashMap<>();
    next.derivedFields().forEach(field -> fields.put(field.id(), field));
    for (Change change : all) {
      if (change instanceof Change.DerivedFieldDefined(var field)) {
        fields.put(field.id(), field);
      } else if (change instanceof Change.DerivedFieldRevised(var field)) {
        fields.put(field.id(), field);
      }
    }
    for (DerivedField field : fields.values()) {
      List<Diagnostic> faults = verdict.derivedFaults().getOrDefault(field.id(), List.of());
      if (!faults.isEmpty()) {
        if (!faults.equals(field.faults())) {
          all.add(new Change.DerivedFieldBroken(field.id(), field.name(), faults));
        }
        continue;
      }
      if (!field.faults().isEmpty()) {
        all.add(new Change.DerivedFieldRepaired(field.id(), field.name()));
      }
      DerivedField inferred = inferred(field);
      if (!inferred.equals(field)) {
        all.add(
            new Change.DerivedFieldRetyped(
                field.id(), field.name(), field.type(), inferred.type(), inferred.dependencies()));
      }
    }
  }

  private DerivedField inferred(DerivedField field) {
    Verdict.Inference inference = verdict.inferences().get(field.id());
    return inference == null ? field : field.inferred(inference.type(), inference.dependencies());
  }

  private void ruleConsequences(List<Change> all) {
    for (Rule rule : next.rules()) {
      List<Diagnostic> faults = verdict.ruleFaults().getOrDefault(rule.id(), List.of());
      if (!faults.isEmpty() && !faults.equals(rule.faults())) {
        all.add(new Change.RuleBroken(rule.id(), rule.name(), faults));
      } else if (faults.isEmpty() && !rule.faults().isEmpty()) {
        all.add(new Change.RuleRepaired(rule.id(), rule.name(), rule.enabled()));
      }
    }
  }
}
