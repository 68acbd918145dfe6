package dev.tenet.application.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.derived.DefineDerivedField;
import dev.tenet.application.derived.RemoveDerivedField;
import dev.tenet.application.derived.ReviseDerivedField;
import dev.tenet.application.evaluation.CurrentRuleSets;
import dev.tenet.application.evaluation.EvaluateFacts;
import dev.tenet.application.evaluation.EvaluateFacts.Wanted;
import dev.tenet.application.evaluation.PastRuleSets;
import dev.tenet.application.evaluation.RuleCompiler;
import dev.tenet.application.identity.IdSource;
import dev.tenet.application.observer.Observers;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.recording.DecisionRecorder;
import dev.tenet.application.rule.AddRule;
import dev.tenet.application.rule.RemoveRule;
import dev.tenet.application.rule.ReviseRule;
import dev.tenet.application.schema.ActivateSchema;
import dev.tenet.application.schema.DefineSchema;
import dev.tenet.application.store.Placement;
import dev.tenet.application.store.TenantStore;
import dev.tenet.application.tenant.CreateTenant;
import dev.tenet.application.tenant.DeleteTenant;
import dev.tenet.application.tenant.RenameTenant;
import dev.tenet.domain.change.Command.DefineSchema.Precondition;
import dev.tenet.domain.change.Decider;
import dev.tenet.domain.change.JournalEntry.RequestKey;
import dev.tenet.domain.change.Rejection;
import dev.tenet.domain.decision.Requester;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.evaluation.Decision;
import dev.tenet.domain.evaluation.RuleOutcome;
import dev.tenet.domain.evaluation.Selection;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.domain.tenant.TenantState;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// All use cases over one store and one compiler, as one node of Tenet has them. Its clock goes on by a millisecond each
/// time it is read.
public final class Corridor {

  /// Facts that agree with [#SCHEMA].
  public static final Map<String, Object> FACTS =
      Map.of("User", Map.of("Adult", true, "Vip", false));

  /// One object with the boolean fields `Adult` and `Vip`.
  public static final Map<String, Object> SCHEMA =
      Map.of("User", Map.of("Adult", "bool", "Vip", "bool"));

  /// A schema that breaks what reads `User.Adult`.
  public static final Map<String, Object> WITHOUT_ADULT = Map.of("User", Map.of("Vip", "bool"));

  public final TenantStore store;
  public final Observers<ChangeObserver> observers = new Observers<>(List.of());
  public final CurrentRuleSets ruleSets;
  public final CreateTenant createTenant;
  public final RenameTenant renameTenant;
  public final DeleteTenant deleteTenant;
  public final DefineSchema defineSchema;
  public final ActivateSchema activateSchema;
  public final DefineDerivedField defineDerivedField;
  public final ReviseDerivedField reviseDerivedField;
  public final RemoveDerivedField removeDerivedField;
  public final AddRule addRule;
  public final ReviseRule reviseRule;
  public final RemoveRule removeRule;
  public final EvaluateFacts evaluateFacts;

  public Corridor(TenantStore store, RuleCompiler compiler) {
    this(store, Optional.empty(), compiler);
  }

  public Corridor(TenantStore store, Optional<Placement> placement, RuleCompiler compiler) {
    this.store = store;
    var ticks = new AtomicLong();
    InstantSource clock =
        () -> Instant.parse("2026-01-01T00:00:00Z").plusMillis(ticks.incrementAndGet());
    IdSource ids = UUID::randomUUID;
    ruleSets = new CurrentRuleSets(store, compiler, CurrentRuleSets.Settings.ALONE);
    var changes =
        new TenantChanges(store, compiler, ruleSets, new Decider(Limits.DEFAULT), observers, clock);
    createTenant = new CreateTenant(changes, ids, placement);
    renameTenant = new RenameTenant(changes);
    deleteTenant = new DeleteTenant(changes, tenant -> {});
    defineSchema = new DefineSchema(changes, ids);
    activateSchema = new ActivateSchema(store, changes);
    defineDerivedField = new DefineDerivedField(changes, ids);
    reviseDerivedField = new ReviseDerivedField(changes);
    removeDerivedField = new RemoveDerivedField(changes);
    addRule = new AddRule(changes, ids);
    reviseRule = new ReviseRule(changes);
    removeRule = new RemoveRule(changes);
    evaluateFacts =
        new EvaluateFacts(
            ruleSets,
            new PastRuleSets(store, compiler, 1 << 20),
            ids,
            clock,
            new Observers<>(List.of()),
            DecisionRecorder.NONE);
  }

  /// {@return a plain request}
  public static ChangeRequest request(TenantId tenant) {
    return new ChangeRequest(tenant, OptionalLong.empty(), false, Optional.empty(), "tester");
  }

  /// {@return a request that changes the tenant at this revision only}
  public static ChangeRequest ifRevision(TenantId tenant, long revision) {
    return new ChangeRequest(tenant, OptionalLong.of(revision), false, Optional.empty(), "tester");
  }

  /// {@return a request that stores nothing}
  public static ChangeRequest dryRun(TenantId tenant) {
    return new ChangeRequest(tenant, OptionalLong.empty(), true, Optional.empty(), "tester");
  }

  /// {@return a request with an idempotency key}
  public static ChangeRequest keyed(TenantId tenant, String key, String fingerprint) {
    return new ChangeRequest(
        tenant,
        OptionalLong.empty(),
        false,
        Optional.of(new RequestKey(key, fingerprint)),
        "tester");
  }

  /// {@return an enabled rule without outputs and tags}
  public static AddRule.Draft draft(String name, String expression) {
    return new AddRule.Draft(name, "", new Expression(expression), Map.of(), new TreeSet<>(), true);
  }

  /// {@return what was changed}
  public static <T> T accepted(ChangeResult<T> result) {
    if (result instanceof ChangeResult.Accepted<T> accepted) {
      return accepted.value();
    }
    throw new AssertionError("not accepted: " + result);
  }

  /// {@return why nothing was changed}
  public static Rejection rejected(ChangeResult<?> result) {
    if (result instanceof ChangeResult.Rejected<?> rejected) {
      return rejected.rejection();
    }
    throw new AssertionError("not rejected: " + result);
  }

  /// {@return a new tenant}
  public TenantId tenant() {
    return accepted(
            createTenant.create(
                "acme-corp", Optional.empty(), false, Optional.empty(), "tester", Optional.empty()))
        .id();
  }

  /// {@return a new tenant with [#SCHEMA]}
  public TenantId tenantWithSchema() {
    TenantId tenant = tenant();
    accepted(define(tenant, SCHEMA));
    return tenant;
  }

  /// Defines the next version of the schema.
  public ChangeResult<?> define(TenantId tenant, Map<String, ?> definition) {
    return defineSchema.define(request(tenant), definition, Precondition.ANY, false);
  }

  /// {@return the rule, now stored}
  public Rule rule(TenantId tenant, String name, String expression) {
    return accepted(addRule.add(request(tenant), draft(name, expression)));
  }

  /// {@return the tenant's present state}
  public TenantState state(TenantId tenant) {
    return store.load(tenant).orElseThrow();
  }

  /// {@return what the tenant's rules say of the facts}
  public Decision decide(TenantId tenant, Map<String, ?> facts, Selection selection) {
    return switch (evaluateFacts.open(tenant, Wanted.PRESENT, Requester.UNKNOWN)) {
      case EvaluateFacts.Result.Opened(var evaluation) ->
          switch (evaluation.evaluate(facts, Location.root(), selection)) {
            case EvaluateFacts.Outcome.Decided(var decision) -> decision;
            case EvaluateFacts.Outcome.InvalidFacts(var faults) ->
                throw new AssertionError("invalid facts: " + faults);
          };
      case EvaluateFacts.Result other -> throw new AssertionError("not opened: " + other);
    };
  }

  /// {@return the names of the active rules, each with `+` when it matched [#FACTS], `-` when not, `!` when it failed}
  public List<String> outcomes(TenantId tenant) {
    return decide(tenant, FACTS, Selection.ALL).outcomes().stream().map(Corridor::show).toList();
  }

  private static String show(RuleOutcome outcome) {
    String sign = outcome.fault() != null ? "!" : outcome.matched() ? "+" : "-";
    return outcome.ruleName() + sign;
  }

  /// Makes sure that an attempt changes neither what is stored nor what is in force.
  public void nothingChanges(TenantId tenant, Runnable attempt) {
    TenantState before = state(tenant);
    List<String> outcomes = outcomes(tenant);
    attempt.run();
    assertThat(state(tenant)).isEqualTo(before);
    assertThat(store.journal(tenant, false, new PageRequest<>(1000, Optional.empty())).items())
        .hasSize((int) before.revision());
    assertThat(outcomes(tenant)).isEqualTo(outcomes);
  }
}
