package dev.tenet.cel;

import dev.tenet.application.evaluation.RuleCompiler.Check;
import dev.tenet.application.evaluation.RuleSet;
import dev.tenet.application.evaluation.TimeSlice;
import dev.tenet.domain.evaluation.FactLayout;
import dev.tenet.domain.evaluation.Facts;
import dev.tenet.domain.evaluation.RuleOutcome;
import dev.tenet.domain.evaluation.Secrets;
import dev.tenet.domain.evaluation.Selection;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.domain.tenant.TenantState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A tenant's compiled rules.
final class CelRuleSet implements RuleSet {

  private final Toolchain toolchain;
  private final long revision;
  private final int schemaVersion;
  private final Optional<FactLayout> layout;
  private final Optional<CompiledRules> compiled;
  private final Limits limits;

  /// Made when somebody first asks for it.
  private volatile @Nullable Secrets secrets;

  /// @param compiled empty before the first schema
  CelRuleSet(
      Toolchain toolchain, TenantState state, Optional<CompiledRules> compiled, Limits limits) {
    this.toolchain = toolchain;
    this.revision = state.revision();
    this.schemaVersion = state.activeSchema().map(version -> version.version()).orElse(0);
    this.layout =
        state
            .activeSchema()
            .flatMap(
                version ->
                    compiled.map(
                        rules -> new FactLayout(version.schema(), rules.derived().layout())));
    this.compiled = compiled;
    this.limits = limits;
  }

  /// {@return what compiled it}
  Toolchain toolchain() {
    return toolchain;
  }

  /// {@return the compiled rules, or empty before the first schema}
  Optional<CompiledRules> compiled() {
    return compiled;
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
  public int size() {
    return compiled.map(rules -> rules.programs().all().size()).orElse(0);
  }

  @Override
  public boolean isIndexed() {
    return compiled.map(rules -> rules.programs().isIndexed()).orElse(false);
  }

  @Override
  public boolean isHot() {
    return compiled.map(rules -> rules.programs().isHot()).orElse(false);
  }

  @Override
  public Optional<FactLayout> layout() {
    return layout;
  }

  @Override
  public Check check(Expression expression) {
    return compiled.map(rules -> toolchain.check(rules.scope(), expression)).orElse(Check.NOTHING);
  }

  @Override
  public Secrets secrets() {
    Secrets known = secrets;
    if (known == null) {
      known = compiled.map(CompiledRules::secrets).orElse(Secrets.NONE);
      secrets = known;
    }
    return known;
  }

  @Override
  public Evaluation evaluate(Facts facts, Selection selection, Instant now, TimeSlice slice) {
    return evaluated(facts, selection, now, slice);
  }

  @Override
  public Evaluation evaluate(Facts facts, Selection selection, Instant now) {
    return evaluated(facts, selection, now, null);
  }

  /// @param slice of who computes, or null for one that ends with the decision
  private Evaluation evaluated(
      Facts facts, Selection selection, Instant now, @Nullable TimeSlice slice) {
    return compiled
        .map(rules -> evaluated(rules, facts, selection, now, slice))
        .orElseGet(() -> new Evaluation(List.of(), selection.rules()));
  }

  private Evaluation evaluated(
      CompiledRules rules,
      Facts facts,
      Selection selection,
      Instant now,
      @Nullable TimeSlice slice) {
    if (!isMine(facts.layout())) {
      throw new IllegalArgumentException("the facts were read by the layout of another schema");
    }
    IndexedPrograms programs = rules.programs();
    List<RuleId> notFound = List.of();
    Workspace workspace = programs.open(facts, now, limits, slice);
    try {
      if (selection.rules().isEmpty() && !selection.trace()) {
        programs.decide(workspace, selection.tags(), selection.matchedOnly());
      } else {
        notFound = new ArrayList<>();
        for (RuleProgram program : selected(rules, selection, notFound)) {
          RuleOutcome outcome = programs.decide(program, workspace, selection.trace());
          if (!selection.matchedOnly() || outcome.matched() || outcome.fault() != null) {
            workspace.outcomes().add(outcome);
          }
        }
      }
      return new Evaluation(workspace.outcomes(), notFound);
    } finally {
      programs.close(workspace);
    }
  }

  /// Facts are read by this layout, as a rule, and then it is the same object.
  private boolean isMine(FactLayout read) {
    return layout
        .map(mine -> read.equals(mine) || read.schema().equals(mine.schema()))
        .orElse(false);
  }

  private static List<RuleProgram> selected(
      CompiledRules rules, Selection selection, List<RuleId> notFound) {
    List<RuleProgram> named =
        selection.rules().isEmpty() ? rules.programs().all() : new ArrayList<>();
    for (RuleId id : selection.rules()) {
      rules.program(id).ifPresentOrElse(named::add, () -> notFound.add(id));
    }
    return named.stream().filter(program -> program.hasOneOf(selection.tags())).toList();
  }
}
