package dev.tenet.application.evaluation;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.tenet.application.evaluation.RuleCompiler.Compilation;
import dev.tenet.application.store.RevisionFeed;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.application.store.TenantStore;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.domain.tenant.TenantState;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The definitions in force for each tenant, compiled: where the write side and the read side meet.
///
/// Reading a warm tenant's is one look-up in a map. A cold tenant is loaded and compiled by its first reader while its
/// other readers wait for the same outcome; readers of other tenants do not. A newer revision replaces an older one and
/// never the other way round; evaluations under way finish on the one they started with. When memory runs short, tenants
/// that were used least become cold.
public final class CurrentRuleSets implements RevisionFeed.Follower {

  private static final Logger LOG = System.getLogger(CurrentRuleSets.class.getName());

  /// How many changed tenants are loaded anew at the same time without anybody waiting for them.
  private static final int RELOADS = 8;

  /// How often a load begins again because the tenant was changed meanwhile.
  private static final int MOST_LOADS = 3;

  /// How definitions are kept in memory.
  ///
  /// @param memory about how many bytes they may take
  /// @param shared whether others may change the store, too, so that what is in memory may be out of date
  /// @param oldest how long ago definitions may have been known to be the present ones; older ones are not evaluated
  /// @param patience how long to wait for a revision that is not there yet
  public record Settings(long memory, boolean shared, Duration oldest, Duration patience) {
    /// For a store that nobody else changes, so that there is nothing to wait for.
    public static final Settings ALONE =
        new Settings(256L << 20, false, Duration.ofHours(1), Duration.ZERO);
  }

  /// What those see who watch. All but `tenants` and `weight` are counted from the start.
  ///
  /// @param tenants how many have definitions in memory
  /// @param weight about how many bytes these take
  /// @param hits how often definitions were asked for and in memory
  /// @param misses how often they had to be loaded, or confirmed because they were too old
  /// @param loads how often the definitions of a tenant were loaded and compiled
  /// @param evictions how often those of a tenant were dropped to make room
  public record Figures(
      int tenants, long weight, long hits, long misses, long loads, long evictions) {}

  /// Who waits for a revision.
  private record Waiting(TenantId tenant, long revision, CompletableFuture<InForce> arrival) {}

  private final TenantStore store;
  private final RuleCompiler compiler;
  private final Settings settings;
  private final Cache<TenantId, InForce> current;
  private final LoadingCache<TenantId, Lock> turns =
      Caffeine.newBuilder().weakValues().build(tenant -> new ReentrantLock());
  private final SharedLoads<TenantId, Optional<InForce>> loads = new SharedLoads<>();
  private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();
  private final ConcurrentMap<TenantId, Long> stale = new ConcurrentHashMap<>();
  private final Semaphore reloads = new Semaphore(RELOADS);
  private final Recompilation recompilation;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder loaded = new LongAdder();
  private final LongAdder evictions = new LongAdder();

  public CurrentRuleSets(TenantStore store, RuleCompiler compiler, Settings settings) {
    this.store = store;
    this.compiler = compiler;
    this.settings = settings;
    long heaviest = Math.min(Integer.MAX_VALUE, Math.max(1, settings.memory() / 2));
    this.current =
        Caffeine.newBuilder()
            .maximumWeight(settings.memory())
            .weigher(
                (TenantId tenant, InForce inForce) -> (int) Math.min(heaviest, inForce.weight()))
            .executor(Runnable::run)
            .evictionListener(
                (@Nullable TenantId tenant, @Nullable InForce inForce, RemovalCause cause) ->
                    evictions.increment())
            .build();
    this.recompilation = new Recompilation(current, compiler);
  }

  /// {@return the definitions in force, or empty when there is no such tenant}
  ///
  /// @throws StoreUnavailable when they are not in memory, or too old, and the store does not answer
  public Optional<InForce> of(TenantId tenant) {
    InForce known = current.getIfPresent(tenant);
    if (known != null && age(known).compareTo(settings.oldest()) <= 0) {
      hits.increment();
      return Optional.of(known);
    }
    misses.increment();
    return load(tenant, 0);
  }

  /// {@return the definitions in force; if they are older than `minRevision`, those in the store, waiting a while for that
  /// revision to come; they may still be older then; empty when there is no such tenant}
  public Optional<InForce> of(TenantId tenant, long minRevision) {
    Optional<InForce> known = of(tenant);
    if (known.isEmpty() || known.get().revision() >= minRevision) {
      return known;
    }
    var arrival = new Waiting(tenant, minRevision, new CompletableFuture<>());
    waiting.add(arrival);
    try {
      Optional<InForce> loaded = load(tenant, minRevision);
      return loaded.isEmpty() || loaded.get().revision() >= minRevision
          ? loaded
          : Optional.of(await(arrival).orElse(loaded.get()));
    } finally {
      waiting.remove(arrival);
    }
  }

  /// {@return the definitions in force; if they are older than `revision`, those in the store; they may still be older
  /// then; empty when there is no such tenant}
  public Optional<InForce> reaching(TenantId tenant, long revision) {
    Optional<InForce> known = of(tenant);
    return known.isEmpty() || known.get().revision() >= revision ? known : load(tenant, revision);
  }

  private Optional<InForce> await(Waiting arrival) {
    try {
      return Optional.of(
          arrival.arrival().get(settings.patience().toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException late) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("an arrival never fails", e);
    }
  }

  /// {@return the definitions that the store has now, from memory when those are the same; empty when there is no such
  /// tenant}
  public Optional<InForce> present(TenantId tenant) {
    return load(tenant, Long.MAX_VALUE);
  }

  /// {@return the present state of the tenant as this node sees it, see [InForce#seen()], for which a cold tenant is compiled;
  /// empty when there is no such tenant}
  public Optional<TenantState> seen(TenantId tenant) {
    return present(tenant).map(InForce::seen);
  }

  /// {@return the present state of the tenant, from memory when it is there; empty when there is no such tenant}
  public Optional<TenantState> state(TenantId tenant) {
    InForce known = current.getIfPresent(tenant);
    if (known == null) {
      return store.load(tenant);
    }
    long began = System.nanoTime();
    return confirms(store.revision(tenant), known, began)
        ? Optional.of(known.state())
        : store.load(tenant);
  }

  /// {@return whether this revision of the store is the known one, which confirms it}
  ///
  /// @param began when the store was asked, as `System.nanoTime()` gives it
  private static boolean confirms(OptionalLong revision, InForce known, long began) {
    boolean same = revision.isPresent() && revision.getAsLong() == known.revision();
    if (same) {
      known.confirm(began);
    }
    return same;
  }

  /// {@return how long ago the definitions were last known to be the present ones; nothing when nobody else changes them}
  public Duration age(InForce inForce) {
    return settings.shared() ? inForce.age() : Duration.ZERO;
  }

  /// Takes part in a load that is under way, if there is one. It may have begun too early to see the revision: then the
  /// next one will do.
  private Optional<InForce> load(TenantId tenant, long minRevision) {
    return load(tenant, minRevision, false);
  }

  /// @param changed whether the store is known to have something newer than what is in memory
  private Optional<InForce> load(TenantId tenant, long minRevision, boolean changed) {
    return loads.get(
        tenant,
        loaded -> loaded.isEmpty() || loaded.get().revision() >= minRevision,
        () -> loaded(tenant, changed));
  }

  /// The revision is looked at before loading, unless it is known to have changed, and again after publishing: a deletion
  /// or a change meanwhile may have been announced before there was anything to replace.
  private Optional<InForce> loaded(TenantId tenant, boolean changed) {
    InForce known = current.getIfPresent(tenant);
    for (int i = 0; i < MOST_LOADS; i++) {
      long began = System.nanoTime();
      if (i > 0 || !changed) {
        OptionalLong revision = store.revision(tenant);
        if (revision.isEmpty()) {
          forget(tenant);
          return Optional.empty();
        }
        if (known != null && confirms(revision, known, began)) {
          return Optional.of(known);
        }
      }
      Optional<TenantState> state = store.load(tenant);
      if (state.isEmpty()) {
        forget(tenant);
        return Optional.empty();
      }
      known = publish(tenant, known, new InForce(state.get(), compile(state.get(), known), began));
      loaded.increment();
    }
    return Optional.ofNullable(known);
  }

  private Compilation compile(TenantState state, @Nullable InForce known) {
    return known == null
        ? compiler.compile(state)
        : compiler.compile(state, known.compilation().ruleSet());
  }

  /// Puts definitions in force unless newer ones are.
  ///
  /// @param compilation what compiling `state` gave
  /// @param confirmed a moment at which `state` was the present one, or just before, as `System.nanoTime()` gives it
  public void publish(TenantId tenant, TenantState state, Compilation compilation, long confirmed) {
    publish(tenant, null, new InForce(state, compilation, confirmed));
  }

  /// A store never goes back. If it is at a lower revision than what was known before it was asked, the tenant was deleted
  /// and created again.
  private InForce publish(TenantId tenant, @Nullable InForce known, InForce next) {
    boolean anew = known != null && next.revision() < known.revision();
    InForce published =
        current
            .asMap()
            .compute(
                tenant,
                (id, old) ->
                    old == null || old.revision() <= next.revision() || (anew && old == known)
                        ? next
                        : old);
    for (Waiting arrival : waiting) {
      if (arrival.tenant().equals(tenant) && arrival.revision() <= published.revision()) {
        arrival.arrival().complete(published);
      }
    }
    if (recompilation.isDue(published)) {
      var _ = recompilation.of(tenant);
    }
    return published;
  }

  /// Compiles the definitions in memory anew, those that are used most first, because the compiler has changed. Until a tenant's
  /// turn comes its old ones stay in force, and evaluations under way finish on them. What is in the making meanwhile is compiled again, too.
  ///
  /// @return completes when no tenant in memory has old ones any more, as far as these could be compiled
  public CompletableFuture<Void> recompile() {
    return recompilation.all();
  }

  /// Compiles the definitions of one tenant anew in the background if they are in memory and the compiler has changed.
  ///
  /// @return completes when that is done
  public CompletableFuture<Void> recompile(TenantId tenant) {
    return recompilation.of(tenant);
  }

  /// Drops a deleted tenant's definitions.
  public void forget(TenantId tenant) {
    current.invalidate(tenant);
  }

  /// Loads a tenant that is in memory anew when someone else has changed it, without keeping the feed waiting. Others
  /// are loaded when they are used.
  @Override
  public void announced(TenantId tenant, long revision) {
    InForce known = current.policy().getIfPresentQuietly(tenant);
    if (known != null && known.revision() < revision) {
      reload(tenant, revision);
    }
  }

  @Override
  public void looked(Map<TenantId, Long> revisions, long began) {
    current
        .asMap()
        .forEach(
            (tenant, known) -> {
              Long revision = revisions.get(tenant);
              if (revision == null) {
                return;
              }
              if (revision == known.revision()) {
                known.confirm(began);
              } else {
                reload(tenant, revision);
              }
            });
  }

  @Override
  public void gone(TenantId tenant) {
    forget(tenant);
  }

  /// The next look at all revisions tries again what fails here.
  private void reload(TenantId tenant, long revision) {
    stale.merge(tenant, revision, Math::max);
    Thread.ofVirtual()
        .name("tenet-reload")
        .start(
            () -> {
              reloads.acquireUninterruptibly();
              try {
                Long wanted = stale.remove(tenant);
                if (wanted != null) {
                  load(tenant, wanted, true);
                }
              } catch (StoreUnavailable e) {
                LOG.log(Level.DEBUG, "a changed tenant could not be loaded", e);
              } finally {
                reloads.release();
              }
            });
  }

  /// {@return the lock that lets changes of one tenant on this node take turns}
  public Lock turn(TenantId tenant) {
    return turns.get(tenant);
  }

  /// {@return how many tenants have a rule set in memory}
  public int size() {
    return (int) current.estimatedSize();
  }

  /// {@return how many tenants have such a rule set in memory}
  public int count(Predicate<? super RuleSet> which) {
    int count = 0;
    for (InForce inForce : current.asMap().values()) {
      count += which.test(inForce.compilation().ruleSet()) ? 1 : 0;
    }
    return count;
  }

  /// {@return what those see who watch}
  public Figures figures() {
    long weight =
        current.policy().eviction().map(eviction -> eviction.weightedSize().orElse(0)).orElse(0L);
    return new Figures(size(), weight, hits.sum(), misses.sum(), loaded.sum(), evictions.sum());
  }
}
