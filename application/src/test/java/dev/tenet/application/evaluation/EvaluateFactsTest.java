package dev.tenet.application.evaluation;

import static dev.tenet.application.evaluation.FixedStates.TENANT;
import static dev.tenet.application.evaluation.FixedStates.state;
import static dev.tenet.application.evaluation.FixedStates.withoutSchema;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.evaluation.EvaluateFacts.Evaluation;
import dev.tenet.application.evaluation.EvaluateFacts.Outcome;
import dev.tenet.application.evaluation.EvaluateFacts.Result;
import dev.tenet.application.evaluation.EvaluateFacts.Wanted;
import dev.tenet.application.observer.Observers;
import dev.tenet.application.recording.DecisionRecorder;
import dev.tenet.domain.decision.Requester;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.evaluation.Decision;
import dev.tenet.domain.evaluation.DecisionId;
import dev.tenet.domain.evaluation.RuleOutcome;
import dev.tenet.domain.evaluation.Selection;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.domain.tenant.TenantState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

final class EvaluateFactsTest {

  private static final Map<String, Object> FACTS = Map.of("User", Map.of("Adult", true));

  private final FixedStates store = new FixedStates();
  private final CurrentRuleSets ruleSets =
      new CurrentRuleSets(store, new ScriptedRuleCompiler(), CurrentRuleSets.Settings.ALONE);
  private final List<Decision> observed = new ArrayList<>();
  private final AtomicLong ids = new AtomicLong();

  private EvaluateFacts evaluateFacts(DecisionObserver... observers) {
    return new EvaluateFacts(
        ruleSets,
        new PastRuleSets(store, new ScriptedRuleCompiler(), 1 << 20),
        () -> new UUID(4, ids.incrementAndGet()),
        () -> Instant.EPOCH,
        new Observers<>(List.of(observers)),
        DecisionRecorder.NONE);
  }

  private static Evaluation opened(Result result) {
    if (result instanceof Result.Opened(var evaluation)) {
      return evaluation;
    }
    throw new AssertionError("not opened: " + result);
  }

  private static Decision decided(Outcome outcome) {
    if (outcome instanceof Outcome.Decided(var decision)) {
      return decision;
    }
    throw new AssertionError("not decided: " + outcome);
  }

  private static Decision decide(Evaluation evaluation) {
    return decided(evaluation.evaluate(FACTS, Location.root(), Selection.ALL));
  }

  @Test
  void decides() {
    store.put(state(TENANT, 7, "true", "User.Adult", "false"));

    Decision decision =
        decide(opened(evaluateFacts().open(TENANT, Wanted.PRESENT, Requester.UNKNOWN)));

    assertThat(decision.id()).isEqualTo(new DecisionId(new UUID(4, 1)));
    assertThat(decision.revision()).isEqualTo(7);
    assertThat(decision.schemaVersion()).isEqualTo(1);
    assertThat(decision.outcomes())
        .extracting(RuleOutcome::ruleName)
        .containsExactly("true", "User.Adult", "false");
    assertThat(decision.outcomes())
        .extracting(RuleOutcome::matched)
        .containsExactly(true, true, false);
    assertThat(decision.elapsed().isNegative()).isFalse();
  }

  @Test
  void aMissingFactIsTheRulesFaultAndNotTheRequests() {
    store.put(state(TENANT, 1, "true", "User.Adult"));

    Outcome outcome =
        opened(evaluateFacts().open(TENANT, Wanted.PRESENT, Requester.UNKNOWN))
            .evaluate(Map.of(), Location.root(), Selection.ALL);

    assertThat(decided(outcome).outcomes().getFirst().matched()).isTrue();
    assertThat(decided(outcome).outcomes().getLast().fault()).isNotNull();
  }

  @Test
  void factsThatContradictTheSchemaAreNotEvaluated() {
    store.put(state(TENANT, 1, "true"));

    Outcome outcome =
        opened(
                evaluateFacts((tenant, facts, decision) -> observed.add(decision))
                    .open(TENANT, Wanted.PRESENT, Requester.UNKNOWN))
            .evaluate(
                Map.of("User", Map.of("Adult", "yes")),
                Location.root().child("facts"),
                Selection.ALL);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.InvalidFacts.class,
            invalid ->
                assertThat(invalid.diagnostics().getFirst().location())
                    .isEqualTo(new Location.Pointer("/facts/User/Adult")));
    assertThat(observed).isEmpty();
  }

  @Test
  void needsATenantASchemaAndTheRevisionAskedFor() {
    assertThat(evaluateFacts().open(TENANT, Wanted.PRESENT, Requester.UNKNOWN))
        .isEqualTo(new Result.TenantNotFound());
    store.put(withoutSchema(TENANT));
    assertThat(evaluateFacts().open(TENANT, Wanted.PRESENT, Requester.UNKNOWN))
        .isEqualTo(new Result.NoSchema());
    assertThat(evaluateFacts().open(TENANT, new Wanted.AtLeast(2), Requester.UNKNOWN))
        .isEqualTo(new Result.Behind(1));
    store.put(state(TENANT, 3, "true"));
    assertThat(
            opened(evaluateFacts().open(TENANT, new Wanted.AtLeast(3), Requester.UNKNOWN))
                .revision())
        .isEqualTo(3);
    assertThat(evaluateFacts().open(TENANT, new Wanted.AtLeast(4), Requester.UNKNOWN))
        .isEqualTo(new Result.Behind(3));
  }

  @Test
  void oneEvaluationStaysOnOneRevision() {
    store.put(state(TENANT, 1, "true"));
    Evaluation evaluation = opened(evaluateFacts().open(TENANT, Wanted.PRESENT, Requester.UNKNOWN));
    TenantState next = state(TENANT, 2, "false");
    ruleSets.publish(TENANT, next, new ScriptedRuleCompiler().compile(next), System.nanoTime());

    assertThat(decide(evaluation).revision()).isEqualTo(1);
    assertThat(decide(evaluation).outcomes().getFirst().matched()).isTrue();
    assertThat(evaluation.revision()).isEqualTo(1);
    assertThat(
            decide(opened(evaluateFacts().open(TENANT, Wanted.PRESENT, Requester.UNKNOWN)))
                .revision())
        .isEqualTo(2);
  }

  @Test
  void tellsObserversOfEachDecision() {
    store.put(state(TENANT, 1, "true"));
    List<TenantId> tenants = new ArrayList<>();
    Evaluation evaluation =
        opened(
            evaluateFacts(
                    (tenant, facts, decision) -> observed.add(decision),
                    (tenant, facts, decision) -> {
                      tenants.add(tenant);
                      assertThat(facts.objects()).isEqualTo(FACTS);
                    })
                .open(TENANT, Wanted.PRESENT, Requester.UNKNOWN));

    Decision first = decide(evaluation);
    Decision second = decide(evaluation);

    assertThat(observed).containsExactly(first, second);
    assertThat(first.id()).isNotEqualTo(second.id());
    assertThat(tenants).containsExactly(TENANT, TENANT);
  }

  @Test
  void anObserverThatFailsIsLoggedAndChangesNothing() {
    store.put(state(TENANT, 1, "true"));
    List<LogRecord> logged = new ArrayList<>();
    Logger logger = Logger.getLogger(Observers.class.getName());
    Handler handler = collector(logged);
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    try {
      Decision decision =
          decide(
              opened(
                  evaluateFacts(
                          (tenant, facts, made) -> {
                            throw new IllegalStateException("first");
                          },
                          (tenant, facts, made) -> {
                            throw new NoClassDefFoundError("second");
                          },
                          (tenant, facts, made) -> observed.add(made))
                      .open(TENANT, Wanted.PRESENT, Requester.UNKNOWN)));

      assertThat(observed).containsExactly(decision);
      assertThat(logged).hasSize(2);
      assertThat(logged.getFirst().getThrown()).hasMessage("first");
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
    }
  }

  private static Handler collector(List<LogRecord> records) {
    return new Handler() {
      @Override
      public void publish(LogRecord record) {
        records.add(record);
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }
}
