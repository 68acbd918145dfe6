package dev.tenet.application.evaluation;

import dev.tenet.application.identity.IdSource;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location.Pointer;
import dev.tenet.domain.evaluation.Decision;
import dev.tenet.domain.evaluation.DecisionId;
import dev.tenet.domain.evaluation.FactLayout;
import dev.tenet.domain.evaluation.FactReader;
import dev.tenet.domain.evaluation.Facts;
import dev.tenet.domain.evaluation.Selection;
import dev.tenet.domain.tenant.TenantId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Evaluates facts against a tenant's rules: one set of facts or many, all of them on the same revision.
public final class EvaluateFacts {

  private static final Logger LOG = System.getLogger(EvaluateFacts.class.getName());

  /// What opening an evaluation gives.
  public sealed interface Result {
    /// Facts can be evaluated.
    record Opened(Evaluation evaluation) implements Result {}

    /// There is no such tenant.
    record TenantNotFound() implements Result {}

    /// The tenant has no schema yet.
    record NoSchema() implements Result {}

    /// The tenant's revision is lower than the one asked for.
    record Behind(long revision) implements Result {}
  }

  /// What evaluating one set of facts gives.
  public sealed interface Outcome {
    /// The rules have decided.
    record Decided(Decision decision) implements Outcome {}

    /// The facts contradict the schema.
    record InvalidFacts(List<Diagnostic> diagnostics) implements Outcome {}
  }

  private final CurrentRuleSets ruleSets;
  private final IdSource ids;
  private final InstantSource clock;
  private final List<DecisionObserver> observers;

  public EvaluateFacts(
      CurrentRuleSets ruleSets,
      IdSource ids,
      InstantSource clock,
      List<? extends DecisionObserver> observers) {
    this.ruleSets = ruleSets;
    this.ids = ids;
    this.clock = clock;
    this.observers = List.copyOf(observers);
  }

  /// Opens an evaluation on the rule set now in force.
  ///
  /// @param minRevision the lowest revision that may decide; 0 for any
  public Result open(TenantId tenant, long minRevision) {
    Optional<RuleSet> found = ruleSets.of(tenant, minRevision);
    if (found.isEmpty()) {
      return new Result.TenantNotFound();
    }
    RuleSet ruleSet = found.get();
    if (ruleSet.revision() < minRevision) {
      return new Result.Behind(ruleSet.revision());
    }
    return ruleSet
        .layout()
        .<Result>map(layout -> new Result.Opened(new Evaluation(tenant, ruleSet, layout)))
        .orElseGet(Result.NoSchema::new);
  }

  /// Evaluates sets of facts on one rule set. Safe for use by many threads.
  public final class Evaluation {

    private final TenantId tenant;
    private final RuleSet ruleSet;
    private final FactLayout layout;

    private Evaluation(TenantId tenant, RuleSet ruleSet, FactLayout layout) {
      this.tenant = tenant;
      this.ruleSet = ruleSet;
      this.layout = layout;
    }

    /// {@return the revision that decides}
    public long revision() {
      return ruleSet.revision();
    }

    /// Evaluates one set of facts.
    ///
    /// @param raw the facts as plain JSON values
    /// @param at where they stand in their document
    public Outcome evaluate(Map<String, ?> raw, Pointer at, Selection selection) {
      long start = System.nanoTime();
      return switch (FactReader.read(layout, raw, at)) {
        case FactReader.Reading.Invalid(var diagnostics) -> new Outcome.InvalidFacts(diagnostics);
        case FactReader.Reading.Valid(var facts) -> decided(facts, selection, start);
      };
    }

    private Outcome decided(Facts facts, Selection selection, long start) {
      RuleSet.Evaluation evaluation = ruleSet.evaluate(facts, selection, clock.instant());
      var decision =
          new Decision(
              new DecisionId(ids.next()),
              ruleSet.revision(),
              ruleSet.schemaVersion(),
              evaluation.outcomes(),
              evaluation.notFound(),
              Duration.ofNanos(System.nanoTime() - start));
      observers.forEach(observer -> tell(observer, facts, decision));
      return new Outcome.Decided(decision);
    }

    private void tell(DecisionObserver observer, Facts facts, Decision decision) {
      try {
        observer.decided(tenant, facts, decision);
      } catch (RuntimeException | LinkageError e) {
        LOG.log(
            Level.WARNING,
            () -> "decision observer " + observer.getClass().getName() + " failed",
            e);
      }
    }
  }
}
