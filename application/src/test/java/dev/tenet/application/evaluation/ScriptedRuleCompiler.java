package dev.tenet.application.evaluation;

import dev.tenet.domain.change.Verdict;
import dev.tenet.domain.change.Verdict.Inference;
import dev.tenet.domain.derived.DependencyOrder;
import dev.tenet.domain.derived.DerivedField;
import dev.tenet.domain.derived.DerivedFieldId;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.schema.FieldType;
import dev.tenet.domain.tenant.TenantState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A compiler for tests that need none: an expression is `true`, `false`, a field of an object such as `User.Adult`, or
/// the name of a derived field. What it does not know is a fault, as is a circle of derived fields.
public final class ScriptedRuleCompiler implements RuleCompiler {

  @Override
  public Compilation compile(TenantState state) {
    if (state.schema() == null) {
      return new Compilation(
          new ScriptedRuleSet(state, List.of()), new Verdict(Map.of(), Map.of(), Map.of()));
    }
    Map<String, Diagnostic> broken = brokenDerivedFields(state);
    Map<DerivedFieldId, List<Diagnostic>> derivedFaults = new HashMap<>();
    Map<DerivedFieldId, Inference> inferences = new HashMap<>();
    for (DerivedField field : state.derivedFields()) {
      Diagnostic fault = broken.get(field.name());
      if (fault != null) {
        derivedFaults.put(field.id(), List.of(fault));
      } else {
        inferences.put(field.id(), new Inference("bool", references(field.expression())));
      }
    }
    Map<RuleId, List<Diagnostic>> ruleFaults = new HashMap<>();
    List<Rule> runnable = new ArrayList<>();
    for (Rule rule : state.rules()) {
      List<Diagnostic> faults = faults(rule, state, broken);
      if (!faults.isEmpty()) {
        ruleFaults.put(rule.id(), faults);
      } else if (rule.enabled()) {
        runnable.add(rule);
      }
    }
    return new Compilation(
        new ScriptedRuleSet(state, runnable), new Verdict(ruleFaults, derivedFaults, inferences));
  }

  @Override
  public Check check(TenantState state, Expression expression) {
    Optional<Diagnostic> fault = fault("expression", expression, state, Map.of());
    return new Check(
        fault.map(List::of).orElse(List.of()),
        fault.isPresent() ? Optional.empty() : Optional.of("bool"),
        references(expression),
        Optional.empty());
  }

  private static Map<String, Diagnostic> brokenDerivedFields(TenantState state) {
    Map<String, DerivedField> fields = new LinkedHashMap<>();
    state.derivedFields().forEach(field -> fields.put(field.name(), field));
    Map<String, Set<String>> uses = new LinkedHashMap<>();
    fields.forEach((name, field) -> uses.put(name, Set.of(field.expression().text())));
    DependencyOrder order = DependencyOrder.of(uses);
    Map<String, Diagnostic> broken = new HashMap<>();
    for (List<String> cycle : order.cycles()) {
      String path = String.join(" -> ", cycle);
      cycle.forEach(name -> broken.put(name, at("expression", "cycle", "A cycle: " + path + ".")));
    }
    for (String name : order.order()) {
      DerivedField field = fields.get(name);
      if (field != null) {
        fault("expression", field.expression(), state, broken)
            .ifPresent(fault -> broken.put(name, fault));
      }
    }
    return broken;
  }

  private static List<Diagnostic> faults(
      Rule rule, TenantState state, Map<String, Diagnostic> broken) {
    List<Diagnostic> faults = new ArrayList<>();
    fault("expression", rule.expression(), state, broken).ifPresent(faults::add);
    rule.then()
        .forEach(
            (name, output) -> fault("then." + name, output, state, broken).ifPresent(faults::add));
    return faults;
  }

  private static Optional<Diagnostic> fault(
      String part, Expression expression, TenantState state, Map<String, Diagnostic> broken) {
    String text = expression.text();
    if (text.equals("true") || text.equals("false")) {
      return Optional.empty();
    }
    if (broken.containsKey(text)) {
      return Optional.of(at(part, "derived_field_broken", text + " is broken."));
    }
    boolean derived = state.derivedFields().stream().anyMatch(f -> f.name().equals(text));
    return derived || declared(state, text)
        ? Optional.empty()
        : Optional.of(at(part, "undeclared", "There is no " + text + "."));
  }

  private static boolean declared(TenantState state, String text) {
    int dot = text.indexOf('.');
    FieldType.ObjectOf object =
        dot < 0 || state.schema() == null
            ? null
            : state.schema().schema().objects().get(text.substring(0, dot));
    return object != null && object.fields().containsKey(text.substring(dot + 1));
  }

  private static List<String> references(Expression expression) {
    String text = expression.text();
    return text.equals("true") || text.equals("false") ? List.of() : List.of(text);
  }

  private static Diagnostic at(String part, String code, String message) {
    return Diagnostic.error(code, new Location.Span(part, 0, 1, 1, 1), message);
  }
}
