package dev.tenet.application.change;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tenet.application.change.ChangeObserver.ChangeEvent;
import dev.tenet.application.evaluation.CurrentRuleSets;
import dev.tenet.application.evaluation.InForce;
import dev.tenet.application.evaluation.RuleCompiler;
import dev.tenet.application.evaluation.RuleCompiler.Compilation;
import dev.tenet.application.evaluation.RuleSet;
import dev.tenet.application.observer.Observers;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.application.store.TenantStore;
import dev.tenet.application.store.TenantStore.AppendResult;
import dev.tenet.domain.audit.AuditEvent;
import dev.tenet.domain.audit.ChangeAudit;
import dev.tenet.domain.change.Change;
import dev.tenet.domain.change.Command;
import dev.tenet.domain.change.Decider;
import dev.tenet.domain.change.Evolver;
import dev.tenet.domain.change.JournalEntry;
import dev.tenet.domain.change.JournalEntry.RequestKey;
import dev.tenet.domain.change.Rejection;
import dev.tenet.domain.change.Settlement;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.domain.tenant.TenantState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.function.Function;

/// Makes every change, in the same steps: take the present state, decide, compile the next state, settle what breaks, ask observers,
/// append with a compare-and-set on the revision, publish the compiled rule set, tell observers.
///
/// Changes of one tenant on this node take turns, so that a slow one is not overtaken for ever; those of different
/// tenants do not wait for each other. Someone else on another node may still be first: then it all begins again on the
/// newer state.
///
/// What changes nothing is answered like a change and not appended, so that revisions and the changelog tell changes only;
/// unless the client has named its request: the entry is what remembers it. What is appended is recorded in the audit by
/// the same step.
public final class TenantChanges {

  /// One that fails when it is asked has not agreed.
  private static final String OBSERVER_FAILED =
      "An extension that is asked before changes has failed; the log of the server says why.";

  /// So many that a node which has to load what another one changed comes through between two of its changes.
  private static final int MOST_ATTEMPTS = 64;

  private static final int MOST_OUTAGES = 10_000;

  /// Longer than anybody waits for its turn.
  private static final Duration OUTAGE_KNOWN = Duration.ofMinutes(1);

  private final TenantStore store;
  private final RuleCompiler compiler;
  private final CurrentRuleSets ruleSets;
  private final Decider decider;
  private final Observers<ChangeObserver> observers;
  private final InstantSource clock;

  /// When a change of a tenant found last that the store does not answer, as `System.nanoTime()` gives it.
  private final Cache<TenantId, Long> outages =
      Caffeine.newBuilder().maximumSize(MOST_OUTAGES).expireAfterWrite(OUTAGE_KNOWN).build();

  /// @param observers are asked before each change, and told after it
  public TenantChanges(
      TenantStore store,
      RuleCompiler compiler,
      CurrentRuleSets ruleSets,
      Decider decider,
      Observers<ChangeObserver> observers,
      InstantSource clock) {
    this.observers = observers;
    this.store = store;
    this.compiler = compiler;
    this.ruleSets = ruleSets;
    this.decider = decider;
    this.clock = clock;
  }

  /// {@return the present moment in the precision that stores keep}
  public Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /// Creates a tenant.
  public ChangeResult<Tenant> create(Tenant tenant, ChangeRequest request) {
    if (request.key().isPresent()) {
      var earlier = store.entryOf(tenant.id(), request.key().get().key());
      if (earlier.isPresent()) {
        return replay(earlier.get(), request.key().get(), TenantChanges::tenant, Optional.empty());
      }
    }
    return switch (decider.create(tenant)) {
      case Decider.Decision.Rejected(var rejection) -> new ChangeResult.Rejected<>(rejection);
      case Decider.Decision.Accepted(var changes) -> {
        var entry =
            new JournalEntry(
                1, tenant.createdAt(), request.actor(), request.key().orElse(null), changes);
        AuditEvent audit = audit(request, Optional.empty(), entry);
        ChangeEvent event = ChangeEvent.of(entry.revision(), audit);
        // That of the platform is no customer's, and has to be there.
        Optional<Rejection> refusal =
            tenant.id().equals(TenantId.PLATFORM) ? Optional.empty() : refusal(tenant.id(), event);
        yield refusal
            .<ChangeResult<Tenant>>map(ChangeResult.Rejected::new)
            .orElseGet(() -> create(tenant, request, entry, audit, event));
      }
    };
  }

  private Optional<Rejection> refusal(TenantId tenant, ChangeEvent event) {
    return observers
        .ask(observer -> observer.before(tenant, event), OBSERVER_FAILED)
        .map(Rejection::refused);
  }

  private ChangeResult<Tenant> create(
      Tenant tenant,
      ChangeRequest request,
      JournalEntry entry,
      AuditEvent audit,
      ChangeEvent event) {
    if (!request.dryRun()) {
      if (!(store.create(Evolver.begin(entry), entry, audit) instanceof AppendResult.Appended)) {
        return createdMeanwhile(tenant, request);
      }
      observers.tell(observer -> observer.after(tenant.id(), event));
    }
    return new ChangeResult.Accepted<>(tenant, 1, entry.changes(), false, Optional.empty());
  }

  /// The same request may have come twice at the same time.
  private ChangeResult<Tenant> createdMeanwhile(Tenant tenant, ChangeRequest request) {
    return request
        .key()
        .flatMap(
            key ->
                store
                    .entryOf(tenant.id(), key.key())
                    .map(entry -> replay(entry, key, TenantChanges::tenant, Optional.empty())))
        .orElseGet(ChangeResult.Contended::new);
  }

  private static Tenant tenant(List<Change> changes) {
    if (changes.getFirst() instanceof Change.TenantCreated(var tenant)) {
      return tenant;
    }
    throw new IllegalStateException("the first change of a tenant is its creation");
  }

  /// Makes the change that `command` asks for.
  ///
  /// @param answer finds in the accepted changes what the caller wants to see
  public <T> ChangeResult<T> apply(
      ChangeRequest request, Command command, Function<List<Change>, T> answer) {
    long asked = System.nanoTime();
    Lock turn = ruleSets.turn(request.tenant());
    turn.lock();
    try {
      refuseAfterOutage(request.tenant(), asked);
      return applyInTurn(request, command, answer);
    } finally {
      turn.unlock();
    }
  }

  private <T> ChangeResult<T> applyInTurn(
      ChangeRequest request, Command command, Function<List<Change>, T> answer) {
    try {
      for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
        Optional<ChangeResult<T>> result = attempt(request, command, answer);
        if (result.isPresent()) {
          return result.get();
        }
      }
      return new ChangeResult.Contended<>();
    } catch (StoreUnavailable e) {
      outages.put(request.tenant(), System.nanoTime());
      throw e;
    }
  }

  /// Whoever has waited while another's turn found that the store does not answer need not find out once more, which takes seconds.
  private void refuseAfterOutage(TenantId tenant, long asked) {
    Long outage = outages.getIfPresent(tenant);
    if (outage != null && outage - asked > 0) {
      throw new StoreUnavailable("the store did not answer the change before");
    }
  }

  private <T> Optional<ChangeResult<T>> attempt(
      ChangeRequest request, Command command, Function<List<Change>, T> answer) {
    Optional<InForce> present = ruleSets.present(request.tenant());
    if (present.isEmpty()) {
      return Optional.of(new ChangeResult.TenantNotFound<>());
    }
    if (request.key().isPresent()) {
      var earlier = store.entryOf(request.tenant(), request.key().get().key());
      if (earlier.isPresent()) {
        // Another node may have made it, or this one without being told.
        Optional<RuleSet> inForce =
            ruleSets
                .of(request.tenant(), earlier.get().revision())
                .map(known -> known.compilation().ruleSet());
        return Optional.of(replay(earlier.get(), request.key().get(), answer, inForce));
      }
    }
    TenantState state = present.get().state();
    if (request.ifRevision().isPresent() && request.ifRevision().getAsLong() != state.revision()) {
      return Optional.of(new ChangeResult.Stale<>(state.revision()));
    }
    Instant at = now();
    // What lacks a function on this server is broken here, whatever is stored: it may stay so, and
    // be switched off.
    return switch (decider.decide(present.get().seen(), command, at)) {
      case Decider.Decision.Rejected(var rejection) ->
          Optional.of(new ChangeResult.Rejected<>(rejection));
      case Decider.Decision.Accepted(var changes) ->
          settle(request, command, present.get(), entry(request, state, at, changes), answer);
    };
  }

  private <T> Optional<ChangeResult<T>> settle(
      ChangeRequest request,
      Command command,
      InForce present,
      JournalEntry proposed,
      Function<List<Change>, T> answer) {
    TenantState state = present.state();
    TenantState next = Evolver.evolve(state, proposed);
    Compilation compilation = compiler.compile(next, present.compilation().ruleSet());
    return switch (Settlement.settle(
        next, command, proposed.changes(), compilation.verdict(), present.compilation()::verdict)) {
      case Decider.Decision.Rejected(var rejection) ->
          Optional.of(new ChangeResult.Rejected<>(rejection));
      case Decider.Decision.Accepted(var changes) -> {
        JournalEntry entry = entry(request, state, proposed.at(), changes);
        boolean idle = request.key().isEmpty() && Evolver.changesNothing(state, entry);
        var accepted =
            new ChangeResult.Accepted<>(
                answer.apply(changes),
                idle ? state.revision() : entry.revision(),
                changes,
                false,
                Optional.of(compilation.ruleSet()));
        yield idle ? Optional.of(accepted) : make(request, present, entry, compilation, accepted);
      }
    };
  }

  private <T> Optional<ChangeResult<T>> make(
      ChangeRequest request,
      InForce present,
      JournalEntry entry,
      Compilation compilation,
      ChangeResult.Accepted<T> accepted) {
    AuditEvent audit = audit(request, Optional.of(present.state()), entry);
    ChangeEvent event = ChangeEvent.of(entry.revision(), audit);
    Optional<Rejection> refusal = refusal(request.tenant(), event);
    if (refusal.isPresent()) {
      return refusal.map(ChangeResult.Rejected::new);
    }
    if (request.dryRun()) {
      return Optional.of(accepted);
    }
    Optional<ChangeResult<T>> result =
        append(request, present, entry, compilation, audit, accepted);
    if (result.isPresent() && result.get() instanceof ChangeResult.Accepted<T>) {
      observers.tell(observer -> observer.after(request.tenant(), event));
    }
    return result;
  }

  private <T> Optional<ChangeResult<T>> append(
      ChangeRequest request,
      InForce present,
      JournalEntry entry,
      Compilation compilation,
      AuditEvent audit,
      ChangeResult.Accepted<T> accepted) {
    TenantState next = Evolver.evolve(present.state(), entry);
    long began = System.nanoTime();
    return switch (store.append(request.tenant(), next, entry, audit)) {
      case AppendResult.Conflict() -> Optional.empty();
      case AppendResult.Moving() -> Optional.of(new ChangeResult.Moving<>());
      case AppendResult.NotFound() -> {
        ruleSets.forget(request.tenant());
        yield Optional.of(new ChangeResult.TenantNotFound<>());
      }
      case AppendResult.Appended() -> {
        if (entry.changes().getFirst() instanceof Change.TenantDeleted) {
          ruleSets.forget(request.tenant());
        } else {
          ruleSets.publish(request.tenant(), next, compilation, began);
        }
        yield Optional.of(accepted);
      }
    };
  }

  private static AuditEvent audit(
      ChangeRequest request, Optional<TenantState> before, JournalEntry entry) {
    return ChangeAudit.of(request.tenant(), before, entry, request.requestId().orElse(null));
  }

  private static JournalEntry entry(
      ChangeRequest request, TenantState state, Instant at, List<Change> changes) {
    return new JournalEntry(
        state.revision() + 1, at, request.actor(), request.key().orElse(null), changes);
  }

  private static <T> ChangeResult<T> replay(
      JournalEntry earlier,
      RequestKey key,
      Function<List<Change>, T> answer,
      Optional<RuleSet> inForce) {
    return key.equals(earlier.request())
        ? new ChangeResult.Accepted<>(
            answer.apply(earlier.changes()), earlier.revision(), earlier.changes(), true, inForce)
        : new ChangeResult.KeyReused<>();
  }
}
