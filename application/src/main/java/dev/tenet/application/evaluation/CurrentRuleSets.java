package dev.tenet.application.evaluation;

import dev.tenet.application.store.RevisionFeed;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.application.store.TenantStore;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.domain.tenant.TenantState;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The rule set in force for each tenant: where the write side and the read side meet.
///
/// Reading a warm tenant's rule set is one map look-up and one volatile read. A cold tenant is loaded and compiled by its
/// first reader while its other readers wait; readers of other tenants do not. A newer revision replaces an older one
/// and never the other way round; evaluations under way finish on the one they started with.
public final class CurrentRuleSets implements RevisionFeed.Follower {

  private static final Logger LOG = System.getLogger(CurrentRuleSets.class.getName());

  private static final class Slot {
    final AtomicReference<@Nullable RuleSet> current = new AtomicReference<>();
    final Lock turn = new ReentrantLock();
    final Lock loading = new ReentrantLock();
  }

  private final TenantStore store;
  private final RuleCompiler compiler;
  private final ConcurrentMap<TenantId, Slot> slots = new ConcurrentHashMap<>();

  public CurrentRuleSets(TenantStore store, RuleCompiler compiler) {
    this.store = store;
    this.compiler = compiler;
  }

  /// {@return the rule set in force, or empty when there is no such tenant}
  public Optional<RuleSet> of(TenantId tenant) {
    return of(tenant, 0);
  }

  /// {@return the rule set in force, loaded anew if it is older than `minRevision`; it may still be older if the store's
  /// is; empty when there is no such tenant}
  public Optional<RuleSet> of(TenantId tenant, long minRevision) {
    Slot slot = slots.get(tenant);
    RuleSet current = slot == null ? null : slot.current.get();
    return current != null && current.revision() >= minRevision
        ? Optional.of(current)
        : load(tenant, minRevision);
  }

  /// The state is read after the rule set in force: if it is older, the tenant was deleted and created again.
  private Optional<RuleSet> load(TenantId tenant, long minRevision) {
    Slot slot = slots.computeIfAbsent(tenant, id -> new Slot());
    slot.loading.lock();
    try {
      RuleSet current = slot.current.get();
      if (current != null && current.revision() >= minRevision) {
        return Optional.of(current);
      }
      Optional<TenantState> state = store.load(tenant);
      if (state.isEmpty()) {
        slots.remove(tenant, slot);
        return Optional.empty();
      }
      if (current != null && current.revision() == state.get().revision()) {
        return Optional.of(current);
      }
      RuleSet loaded = compiler.compile(state.get()).ruleSet();
      if (current != null && current.revision() > loaded.revision()) {
        slot.current.compareAndSet(current, loaded);
        return Optional.of(loaded);
      }
      return Optional.of(publish(slot, loaded));
    } finally {
      if (slot.current.get() == null) {
        slots.remove(tenant, slot);
      }
      slot.loading.unlock();
    }
  }

  /// Puts a rule set in force unless a newer one is.
  public void publish(TenantId tenant, RuleSet ruleSet) {
    publish(slots.computeIfAbsent(tenant, id -> new Slot()), ruleSet);
  }

  private static RuleSet publish(Slot slot, RuleSet ruleSet) {
    RuleSet published =
        slot.current.accumulateAndGet(
            ruleSet, (old, next) -> old != null && old.revision() > next.revision() ? old : next);
    return published == null ? ruleSet : published;
  }

  /// Drops a deleted tenant's rule set.
  public void forget(TenantId tenant) {
    slots.remove(tenant);
  }

  /// Loads a tenant that is in memory anew when someone else has changed it, without keeping the feed waiting. Others
  /// are loaded when they are used.
  @Override
  public void announced(TenantId tenant, long revision) {
    Slot slot = slots.get(tenant);
    RuleSet current = slot == null ? null : slot.current.get();
    if (current != null && current.revision() < revision) {
      Thread.ofVirtual().name("tenet-reload").start(() -> reload(tenant, revision));
    }
  }

  @Override
  public void looked(Map<TenantId, Long> revisions, long began) {
    revisions.forEach(
        (tenant, revision) -> {
          Slot slot = slots.get(tenant);
          RuleSet current = slot == null ? null : slot.current.get();
          boolean recreated = current != null && current.revision() > revision;
          announced(tenant, recreated ? Long.MAX_VALUE : revision);
        });
  }

  @Override
  public void gone(TenantId tenant) {
    forget(tenant);
  }

  /// The next look at all revisions tries again what fails here.
  private void reload(TenantId tenant, long revision) {
    try {
      load(tenant, revision);
    } catch (StoreUnavailable e) {
      LOG.log(Level.DEBUG, "a changed tenant could not be loaded", e);
    }
  }

  /// {@return the lock that lets changes of one tenant on this node take turns}
  public Lock turn(TenantId tenant) {
    return slots.computeIfAbsent(tenant, id -> new Slot()).turn;
  }

  /// {@return how many tenants have a rule set in memory}
  public int size() {
    return (int) slots.values().stream().filter(slot -> slot.current.get() != null).count();
  }
}
