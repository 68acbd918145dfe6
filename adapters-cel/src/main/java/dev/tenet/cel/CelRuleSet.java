package dev.tenet.cel;

import dev.tenet.application.evaluation.RuleSet;
import dev.tenet.domain.evaluation.FactLayout;
import dev.tenet.domain.evaluation.Facts;
import dev.tenet.domain.evaluation.RuleOutcome;
import dev.tenet.domain.evaluation.Selection;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.domain.tenant.TenantState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A tenant's compiled rules.
final class CelRuleSet implements RuleSet {

  private final long revision;
  private final int schemaVersion;
  private final Optional<FactLayout> layout;
  private final List<RuleProgram> rules;
  private final Map<RuleId, RuleProgram> byId = new HashMap<>();
  private final Optional<DerivedFields> derived;
  private final Limits limits;

  /// @param derived empty before the first schema
  CelRuleSet(
      TenantState state, List<RuleProgram> rules, Optional<DerivedFields> derived, Limits limits) {
    this.revision = state.revision();
    this.schemaVersion = state.activeSchema().map(version -> version.version()).orElse(0);
    this.layout =
        state
            .activeSchema()
            .flatMap(
                version ->
                    derived.map(fields -> new FactLayout(version.schema(), fields.layout())));
    this.rules = List.copyOf(rules);
    rules.forEach(program -> byId.put(program.rule().id(), program));
    this.derived = derived;
    this.limits = limits;
  }

  @Override
  public long revision() {
    return revision;
  }

  @Override
  public int schemaVersion() {
    return schemaVersion;
  }

  @Override
  public Optional<FactLayout> layout() {
    return layout;
  }

  @Override
  public Evaluation evaluate(Facts facts, Selection selection, Instant now) {
    List<RuleId> notFound = new ArrayList<>();
    List<RuleProgram> selected = selected(selection, notFound);
    if (derived.isEmpty()) {
      return new Evaluation(List.of(), notFound);
    }
    DecisionRun run = new DecisionRun(facts, now, derived.get(), limits);
    List<RuleOutcome> outcomes = new ArrayList<>();
    for (RuleProgram program : selected) {
      RuleOutcome outcome = run.evaluate(program, selection.trace());
      if (!selection.matchedOnly() || outcome.matched() || outcome.fault() != null) {
        outcomes.add(outcome);
      }
    }
    return new Evaluation(outcomes, notFound);
  }

  private List<RuleProgram> selected(Selection selection, List<RuleId> notFound) {
    List<RuleProgram> named = selection.rules().isEmpty() ? rules : new ArrayList<>();
    for (RuleId id : selection.rules()) {
      RuleProgram program = byId.get(id);
      if (program == null) {
        notFound.add(id);
      } else {
        named.add(program);
      }
    }
    return selection.tags().isEmpty()
        ? named
        : named.stream()
            .filter(program -> !Collections.disjoint(program.rule().tags(), selection.tags()))
            .toList();
  }
}
