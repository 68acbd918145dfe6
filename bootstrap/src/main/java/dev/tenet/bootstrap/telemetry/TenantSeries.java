package dev.tenet.bootstrap.telemetry;

import dev.tenet.domain.tenant.TenantId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/// Which tenants have meters of their own: so many as are allowed, those with the most requests. All others share those
/// named `other`, and what is about no tenant those named `none`.
///
/// The first tenants get theirs at once. When there are no more to give, requests of the others are counted, for a bounded
/// number of them, and once a minute those that had more than twice the requests of the least busy named ones take
/// their places, a few at a time: a series that comes and goes costs whoever stores it.
final class TenantSeries {

  private static final String OTHER = "other";
  private static final String NONE = "none";
  private static final long PERIOD = Duration.ofMinutes(1).toNanos();
  private static final int CANDIDATES_FOR_EACH = 4;
  private static final int FEWEST_CANDIDATES = 100;
  private static final int WITHIN_A_PERIOD = 10;
  private static final int CLEARLY = 2;

  private final MeterRegistry registry;
  private final String prefix;
  private final int most;
  private final LongSupplier clock;
  private final TenantMeters other;
  private final TenantMeters none;
  private final Map<TenantId, TenantMeters> named = new ConcurrentHashMap<>();
  private final AtomicInteger taken = new AtomicInteger();
  private final Map<TenantId, LongAdder> candidates = new ConcurrentHashMap<>();
  private final AtomicLong ranked;

  /// @param most how many tenants may have meters of their own
  /// @param clock nanoseconds since whenever
  TenantSeries(MeterRegistry registry, String prefix, int most, LongSupplier clock) {
    this.registry = registry;
    this.prefix = prefix;
    this.most = most;
    this.clock = clock;
    this.ranked = new AtomicLong(clock.getAsLong());
    this.other = new TenantMeters(registry, prefix, OTHER, true);
    this.none = new TenantMeters(registry, prefix, NONE, true);
  }

  /// {@return the meters of what is about no tenant}
  TenantMeters none() {
    return none;
  }

  /// {@return the meters of a tenant, which exists}
  TenantMeters of(TenantId tenant) {
    TenantMeters known = named.get(tenant);
    if (known != null) {
      return known;
    }
    return taken.get() < most ? named(tenant) : other;
  }

  /// {@return the meters of a tenant that may not exist: it gets none of its own}
  TenantMeters known(TenantId tenant) {
    return named.getOrDefault(tenant, taken.get() < most ? none : other);
  }

  /// {@return the meters of a tenant, which exists, for one more request}
  TenantMeters requested(TenantId tenant) {
    TenantMeters meters = of(tenant);
    if (meters.isShared()) {
      count(tenant);
    }
    return meters;
  }

  /// Counts a request for which there were no meters of the tenant's own.
  private void count(TenantId tenant) {
    LongAdder count = candidates.get(tenant);
    if (count == null && candidates.size() < candidateRoom()) {
      count = candidates.computeIfAbsent(tenant, id -> new LongAdder());
    }
    if (count != null) {
      count.increment();
    }
    long last = ranked.get();
    long now = clock.getAsLong();
    if (now - last >= PERIOD && ranked.compareAndSet(last, now)) {
      rank();
    }
  }

  private int candidateRoom() {
    return Math.max(FEWEST_CANDIDATES, CANDIDATES_FOR_EACH * most);
  }

  private TenantMeters named(TenantId tenant) {
    if (taken.incrementAndGet() > most) {
      taken.decrementAndGet();
      return other;
    }
    TenantMeters mine = new TenantMeters(registry, prefix, tenant.toString(), false);
    TenantMeters first = named.putIfAbsent(tenant, mine);
    if (first != null) {
      taken.decrementAndGet();
      return first;
    }
    return mine;
  }

  private void rank() {
    Map<TenantId, Long> requests = new HashMap<>();
    named.forEach((tenant, meters) -> requests.put(tenant, meters.takeRecent()));
    Map<TenantId, Long> others = new HashMap<>();
    candidates.forEach((tenant, count) -> others.put(tenant, count.sum()));
    candidates.clear();
    List<TenantId> least = sorted(requests);
    List<TenantId> busiest = sorted(others).reversed();
    for (int i = 0; i < Math.min(WITHIN_A_PERIOD, Math.min(least.size(), busiest.size())); i++) {
      if (others.getOrDefault(busiest.get(i), 0L)
          <= CLEARLY * requests.getOrDefault(least.get(i), 0L)) {
        return;
      }
      forget(least.get(i));
      named(busiest.get(i));
    }
  }

  private static List<TenantId> sorted(Map<TenantId, Long> requests) {
    List<TenantId> tenants = new ArrayList<>(requests.keySet());
    tenants.sort(Comparator.comparing(tenant -> requests.getOrDefault(tenant, 0L)));
    return tenants;
  }

  /// {@return how many tenants without meters of their own are counted}
  int counted() {
    return candidates.size();
  }

  /// Takes a tenant's meters away.
  void forget(TenantId tenant) {
    TenantMeters gone = named.remove(tenant);
    if (gone != null) {
      gone.remove(registry);
      taken.decrementAndGet();
    }
  }
}
