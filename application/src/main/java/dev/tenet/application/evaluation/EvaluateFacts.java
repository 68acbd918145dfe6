package dev.tenet.application.evaluation;

import dev.tenet.application.identity.IdSource;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location.Pointer;
import dev.tenet.domain.evaluation.Decision;
import dev.tenet.domain.evaluation.DecisionId;
import dev.tenet.domain.evaluation.FactLayout;
import dev.tenet.domain.evaluation.FactReader;
import dev.tenet.domain.evaluation.FactSource;
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

  /// Definitions in memory are known to be the present ones again and again within this time, while the store answers.
  public static final Duration CONFIRMED_WITHIN = Duration.ofSeconds(3);

  /// Which definitions shall decide.
  public sealed interface Wanted {

    /// Those in force.
    Wanted PRESENT = new AtLeast(0);

    /// Those in force, if they are of this revision or a later one.
    record AtLeast(long revision) implements Wanted {}

    /// Those of this revision, as they were then.
    record Exactly(long revision) implements Wanted {}
  }

  /// What opening an evaluation gives.
  public sealed interface Result {
    /// Facts can be evaluated.
    record Opened(Evaluation evaluation) implements Result {}

    /// There is no such tenant.
    record TenantNotFound() implements Result {}

    /// The tenant has no schema yet.
    record NoSchema() implements Result {}

    /// The tenant's revision is lower than the lowest that may decide.
    record Behind(long revision) implements Result {}

    /// The tenant does not have the revision that shall decide.
    record RevisionNotFound(long revision) implements Result {}
  }

  /// What evaluating one set of facts gives.
  public sealed interface Outcome {
    /// The rules have decided.
    record Decided(Decision decision) implements Outcome {}

    /// The facts contradict the schema.
    record InvalidFacts(List<Diagnostic> diagnostics) implements Outcome {}
  }

  private final CurrentRuleSets ruleSets;
  private final PastRuleSets past;
  private final IdSource ids;
  private final InstantSource clock;
  private final List<DecisionObserver> observers;

  public EvaluateFacts(
      CurrentRuleSets ruleSets,
      PastRuleSets past,
      IdSource ids,
      InstantSource clock,
      List<? extends DecisionObserver> observers) {
    this.ruleSets = ruleSets;
    this.past = past;
    this.ids = ids;
    this.clock = clock;
    this.observers = List.copyOf(observers);
  }

  /// Opens an evaluation on definitions of the tenant.
  public Result open(TenantId tenant, Wanted wanted) {
    return switch (wanted) {
      case Wanted.AtLeast(var revision) -> present(tenant, revision);
      case Wanted.Exactly(var revision) -> past(tenant, revision);
    };
  }

  private Result present(TenantId tenant, long minRevision) {
    Optional<InForce> found = ruleSets.of(tenant, minRevision);
    if (found.isEmpty()) {
      return new Result.TenantNotFound();
    }
    InForce inForce = found.get();
    return inForce.revision() < minRevision
        ? new Result.Behind(inForce.revision())
        : open(tenant, inForce, ruleSets.age(inForce));
  }

  private Result past(TenantId tenant, long revision) {
    Optional<InForce> found = ruleSets.reaching(tenant, revision);
    if (found.isEmpty()) {
      return new Result.TenantNotFound();
    }
    InForce inForce = found.get();
    return past.at(inForce, revision)
        .map(then -> open(tenant, then, Duration.ZERO))
        .orElseGet(() -> new Result.RevisionNotFound(inForce.revision()));
  }

  private Result open(TenantId tenant, InForce inForce, Duration age) {
    return inForce
        .compilation()
        .ruleSet()
        .layout()
        .<Result>map(layout -> new Result.Opened(new Evaluation(tenant, inForce, layout, age)))
        .orElseGet(Result.NoSchema::new);
  }

  /// Evaluates sets of facts on one rule set. Safe for use by many threads.
  public final class Evaluation {

    private final TenantId tenant;
    private final RuleSet ruleSet;
    private final FactLayout layout;
    private final Optional<Duration> definitionsAge;

    private Evaluation(TenantId tenant, InForce inForce, FactLayout layout, Duration age) {
      this.tenant = tenant;
      this.ruleSet = inForce.compilation().ruleSet();
      this.layout = layout;
      this.definitionsAge =
          age.compareTo(CONFIRMED_WITHIN) > 0 ? Optional.of(age) : Optional.empty();
    }

    /// {@return the revision that decides}
    public long revision() {
      return ruleSet.revision();
    }

    /// {@return how many rules are evaluated for one set of facts}
    public long rules(Selection selection) {
      return selection.rules().isEmpty() ? ruleSet.size() : selection.rules().size();
    }

    /// Evaluates one set of facts.
    ///
    /// @param raw the facts as plain JSON values
    /// @param at where they stand in their document
    public Outcome evaluate(Map<String, ?> raw, Pointer at, Selection selection) {
      long start = System.nanoTime();
      return outcome(FactReader.read(layout, raw, at), selection, start);
    }

    /// Evaluates one set of facts.
    ///
    /// @param source stands before a JSON object
    /// @param at where it stands in its document
    public <X extends Exception> Outcome evaluate(
        FactSource<X> source, Pointer at, Selection selection) throws X {
      long start = System.nanoTime();
      return outcome(FactReader.read(layout, source, at), selection, start);
    }

    private Outcome outcome(FactReader.Reading reading, Selection selection, long start) {
      return switch (reading) {
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
              Duration.ofNanos(System.nanoTime() - start),
              definitionsAge);
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
