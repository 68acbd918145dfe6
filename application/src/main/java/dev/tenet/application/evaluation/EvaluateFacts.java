package dev.tenet.application.evaluation;

import dev.tenet.application.identity.IdSource;
import dev.tenet.application.observer.Observers;
import dev.tenet.application.recording.DecisionRecorder;
import dev.tenet.application.recording.Recording;
import dev.tenet.domain.decision.Requester;
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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Evaluates facts against a tenant's rules: one set of facts or many, all of them on the same revision.
public final class EvaluateFacts {

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
  private final Observers<DecisionObserver> observers;
  private final DecisionRecorder recorder;

  /// @param recorder keeps the decisions of tenants that want it
  public EvaluateFacts(
      CurrentRuleSets ruleSets,
      PastRuleSets past,
      IdSource ids,
      InstantSource clock,
      Observers<DecisionObserver> observers,
      DecisionRecorder recorder) {
    this.ruleSets = ruleSets;
    this.past = past;
    this.ids = ids;
    this.clock = clock;
    this.observers = observers;
    this.recorder = recorder;
  }

  /// Opens an evaluation on definitions of the tenant.
  ///
  /// @param requester who asks, for the decision log
  /// @throws dev.tenet.application.store.StoreUnavailable when there are no definitions, or the tenant's decisions must be
  ///     kept, and the store does not answer
  public Result open(TenantId tenant, Wanted wanted, Requester requester) {
    return switch (wanted) {
      case Wanted.AtLeast(var revision) -> present(tenant, revision, requester);
      case Wanted.Exactly(var revision) -> past(tenant, revision, requester);
    };
  }

  private Result present(TenantId tenant, long minRevision, Requester requester) {
    Optional<InForce> found = ruleSets.of(tenant, minRevision);
    if (found.isEmpty()) {
      return new Result.TenantNotFound();
    }
    InForce inForce = found.get();
    return inForce.revision() < minRevision
        ? new Result.Behind(inForce.revision())
        : open(inForce, inForce, ruleSets.age(inForce), requester);
  }

  private Result past(TenantId tenant, long revision, Requester requester) {
    Optional<InForce> found = ruleSets.reaching(tenant, revision);
    if (found.isEmpty()) {
      return new Result.TenantNotFound();
    }
    InForce inForce = found.get();
    return past.at(inForce, revision)
        .map(then -> open(inForce, then, Duration.ZERO, requester))
        .orElseGet(() -> new Result.RevisionNotFound(inForce.revision()));
  }

  /// @param present says how the tenant is governed, whichever definitions decide
  private Result open(InForce present, InForce deciding, Duration age, Requester requester) {
    RuleSet ruleSet = deciding.compilation().ruleSet();
    return ruleSet
        .layout()
        .<Result>map(
            layout ->
                new Result.Opened(
                    new Evaluation(
                        present.state().id(),
                        deciding,
                        layout,
                        age,
                        recorder.open(
                            present.state().id(),
                            present.state().settings().decisionLog(),
                            ruleSet::secrets,
                            requester))))
        .orElseGet(Result.NoSchema::new);
  }

  /// Evaluates sets of facts on one rule set. Safe for use by many threads.
  public final class Evaluation {

    private final TenantId tenant;
    private final RuleSet ruleSet;
    private final FactLayout layout;
    private final Optional<Duration> definitionsAge;
    private final @Nullable Recording recording;

    private Evaluation(
        TenantId tenant,
        InForce inForce,
        FactLayout layout,
        Duration age,
        @Nullable Recording recording) {
      this.tenant = tenant;
      this.recording = recording;
      this.ruleSet = inForce.compilation().ruleSet();
      this.layout = layout;
      this.definitionsAge =
          age.compareTo(CONFIRMED_WITHIN) > 0 ? Optional.of(age) : Optional.empty();
    }

    /// {@return the revision that decides}
    public long revision() {
      return ruleSet.revision();
    }

    /// {@return whether decisions may be answered only when [#confirm()] says that they are kept}
    public boolean isToBeConfirmed() {
      return recording != null && recording.isDurable();
    }

    /// Waits until the decisions so far that must be kept are: before they are answered, and where nobody waits for the thread.
    ///
    /// @throws dev.tenet.application.store.StoreUnavailable when one is not kept, or when that is not known
    public void confirm() {
      if (recording != null) {
        recording.confirm();
      }
    }

    /// {@return how many rules are evaluated for one set of facts}
    public long rules(Selection selection) {
      return selection.rules().isEmpty() ? ruleSet.size() : selection.rules().size();
    }

    /// Evaluates one set of facts.
    ///
    /// @param raw the facts as plain JSON values
    /// @param at where they stand in their document
    /// @throws dev.tenet.application.recording.DecisionLogFull when the decision must be kept, and there is no room for it
    public Outcome evaluate(Map<String, ?> raw, Pointer at, Selection selection) {
      long start = System.nanoTime();
      try (var slice = new TimeSlice()) {
        return outcome(FactReader.read(layout, raw, at), selection, start, slice);
      }
    }

    /// Evaluates one set of facts.
    ///
    /// @param source stands before a JSON object
    /// @param at where it stands in its document
    /// @param slice of who evaluates one set after the other
    /// @throws dev.tenet.application.recording.DecisionLogFull when the decision must be kept, and there is no room for it
    public <X extends Exception> Outcome evaluate(
        FactSource<X> source, Pointer at, Selection selection, TimeSlice slice) throws X {
      long start = System.nanoTime();
      return outcome(FactReader.read(layout, source, at), selection, start, slice);
    }

    private Outcome outcome(
        FactReader.Reading reading, Selection selection, long start, TimeSlice slice) {
      return switch (reading) {
        case FactReader.Reading.Invalid(var diagnostics) -> new Outcome.InvalidFacts(diagnostics);
        case FactReader.Reading.Valid(var facts) -> decided(facts, selection, start, slice);
      };
    }

    private Outcome decided(Facts facts, Selection selection, long start, TimeSlice slice) {
      Instant now = recording == null ? clock.instant() : recording.moment(clock.instant());
      RuleSet.Evaluation evaluation = ruleSet.evaluate(facts, selection, now, slice);
      var decision =
          new Decision(
              new DecisionId(ids.next()),
              ruleSet.revision(),
              ruleSet.schemaVersion(),
              evaluation.outcomes(),
              evaluation.notFound(),
              Duration.ofNanos(System.nanoTime() - start),
              definitionsAge);
      if (recording != null) {
        recording.decided(facts, selection, now, decision);
      }
      observers.tell(observer -> observer.decided(tenant, facts, decision));
      return new Outcome.Decided(decision);
    }
  }
}
