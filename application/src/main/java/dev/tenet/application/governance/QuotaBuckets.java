package dev.tenet.application.governance;

import dev.tenet.application.governance.QuotaLedger.Balance;
import dev.tenet.application.governance.QuotaLedger.Claim;
import dev.tenet.application.governance.QuotaLedger.Slot;
import dev.tenet.domain.governance.Quota;
import dev.tenet.domain.governance.QuotaLimit;
import dev.tenet.domain.governance.QuotaLimit.Unit;
import dev.tenet.domain.governance.QuotaWindow;
import dev.tenet.domain.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// One tenant's buckets on this node.
///
/// Requests of the tenant take turns, also for what has to be fetched from the ledger: it is fetched once for all who wait.
final class QuotaBuckets {

  private static final Duration SLIDING_WINDOW = Duration.ofMinutes(1);
  private static final Duration INSTANT = Duration.ofMillis(1);

  /// How often the ledger is asked again while there was too little left: it may have been reset.
  private static final Duration ASKED_AGAIN = Duration.ofSeconds(1);

  /// A lease that lasts for less makes the next one larger.
  private static final Duration SHORT_LEASE = Duration.ofMillis(100);

  /// A lease is at most this part of the limit, so that what other nodes have left over is little.
  private static final int LEASE_SHARE = 20;

  /// What this node has of one limit.
  private static final class Bucket {
    Instant window = Instant.MIN;
    Instant leased = Instant.MIN;
    Instant asked = Instant.MIN;
    long available;
    long lease = 1;
    List<Slot> taken = List.of();

    /// Begins anew in another window.
    void enter(Instant start) {
      if (!start.equals(window)) {
        window = start;
        available = 0;
        asked = Instant.MIN;
        taken = List.of();
      }
    }

    long taken() {
      return taken.stream().mapToLong(Slot::taken).sum();
    }
  }

  private final TenantId tenant;
  private final QuotaLedger ledger;
  private final ReentrantLock turn = new ReentrantLock();
  private final Map<QuotaLimit, Bucket> buckets = new EnumMap<>(QuotaLimit.class);

  QuotaBuckets(TenantId tenant, QuotaLedger ledger) {
    this.tenant = tenant;
    this.ledger = ledger;
  }

  QuotaVerdict consume(Quota quota, long requests, long tokens, Instant now) {
    turn.lock();
    try {
      buckets.keySet().retainAll(quota.limits().keySet());
      List<Claim> claims = claims(quota, requests, tokens, now);
      Optional<QuotaLimit> exceeded =
          claims.stream().filter(claim -> knownToExceed(claim, now)).map(Claim::limit).findFirst();
      if (exceeded.isEmpty() && claims.stream().anyMatch(this::asks)) {
        fetch(claims, now);
        exceeded = claims.stream().filter(this::exceeds).map(Claim::limit).findFirst();
      }
      if (exceeded.isEmpty()) {
        claims.forEach(claim -> bucket(claim.limit()).available -= claim.need());
      }
      return verdict(quota, claims, exceeded, now);
    } finally {
      turn.unlock();
    }
  }

  void giveBack(long requests, long tokens) {
    turn.lock();
    try {
      buckets.forEach(
          (limit, bucket) -> bucket.available += limit.unit() == Unit.REQUESTS ? requests : tokens);
    } finally {
      turn.unlock();
    }
  }

  private List<Claim> claims(Quota quota, long requests, long tokens, Instant now) {
    List<Claim> claims = new ArrayList<>(quota.limits().size());
    quota
        .limits()
        .forEach(
            (limit, most) -> {
              boolean sliding = slides(quota, limit);
              Instant slot =
                  sliding ? now.truncatedTo(ChronoUnit.SECONDS) : limit.window().start(now);
              Instant at = sliding ? now : slot;
              Instant after = at.minus(sliding ? SLIDING_WINDOW : INSTANT);
              Bucket bucket = bucket(limit);
              bucket.enter(slot);
              long need = limit.unit() == Unit.REQUESTS ? requests : tokens;
              long want = sliding ? need : Math.max(need, lease(bucket, most, now));
              claims.add(new Claim(limit, slot, at, after, need, want, most));
            });
    return claims;
  }

  private static boolean slides(Quota quota, QuotaLimit limit) {
    return quota.kind() == Quota.Kind.SLIDING && limit.window() == QuotaWindow.MINUTE;
  }

  /// Alone there is no reason to take more than is needed.
  private long lease(Bucket bucket, long most, Instant now) {
    if (!ledger.shared()) {
      return 0;
    }
    boolean brief = bucket.leased.plus(SHORT_LEASE).isAfter(now);
    long next = brief ? bucket.lease * 2 : Math.max(1, bucket.lease / 2);
    return Math.min(next, Math.max(1, most / LEASE_SHARE));
  }

  private Bucket bucket(QuotaLimit limit) {
    return buckets.computeIfAbsent(limit, unknown -> new Bucket());
  }

  private boolean lacks(Claim claim) {
    return bucket(claim.limit()).available < claim.need();
  }

  /// As far as is known, what is needed is more than what is left.
  private boolean exceeds(Claim claim) {
    Bucket bucket = bucket(claim.limit());
    return claim.need() > claim.most() - bucket.taken() + bucket.available;
  }

  /// Even when nothing is needed, what others have taken must be known to say how much remains.
  private boolean asks(Claim claim) {
    return lacks(claim) || bucket(claim.limit()).asked.equals(Instant.MIN);
  }

  /// What others have taken within a fixed window they do not give back, unless somebody resets it.
  private boolean knownToExceed(Claim claim, Instant now) {
    return ledger.shared()
        && exceeds(claim)
        && bucket(claim.limit()).asked.plus(ASKED_AGAIN).isAfter(now);
  }

  /// Takes what the buckets lack; those that have enough are not filled up meanwhile.
  private void fetch(List<Claim> claims, Instant now) {
    List<Claim> lacking =
        claims.stream()
            .filter(this::asks)
            .map(
                claim -> {
                  long available = bucket(claim.limit()).available;
                  return new Claim(
                      claim.limit(),
                      claim.slot(),
                      claim.at(),
                      claim.after(),
                      Math.max(0, claim.need() - available),
                      Math.max(0, claim.want() - available),
                      claim.most());
                })
            .toList();
    for (Balance balance : ledger.take(tenant, lacking)) {
      Bucket bucket = bucket(balance.limit());
      bucket.available += balance.granted();
      bucket.taken = balance.taken();
      bucket.asked = now;
      if (balance.granted() > 0) {
        bucket.leased = now;
        bucket.lease = balance.granted();
      }
    }
  }

  private QuotaVerdict verdict(
      Quota quota, List<Claim> claims, Optional<QuotaLimit> exceeded, Instant now) {
    Duration retryAfter =
        exceeded.isEmpty()
            ? Duration.ZERO
            : claims.stream()
                .filter(this::exceeds)
                .map(claim -> wait(claim, slides(quota, claim.limit()), now))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    return new QuotaVerdict(
        exceeded, remaining(claims, Unit.REQUESTS), remaining(claims, Unit.TOKENS), retryAfter);
  }

  private long remaining(List<Claim> claims, Unit unit) {
    return claims.stream()
        .filter(claim -> claim.limit().unit() == unit)
        .mapToLong(
            claim -> {
              Bucket bucket = bucket(claim.limit());
              return Math.max(0, claim.most() - bucket.taken() + bucket.available);
            })
        .min()
        .orElse(QuotaVerdict.UNLIMITED);
  }

  /// {@return how long it takes until so much is left as is needed; a window's end when that is more than the limit}
  private Duration wait(Claim claim, boolean slides, Instant now) {
    if (!slides) {
      return Duration.between(now, claim.limit().window().end(claim.slot()));
    }
    Bucket bucket = bucket(claim.limit());
    long missing = claim.need() - bucket.available - (claim.most() - bucket.taken());
    for (Slot slot : bucket.taken) {
      missing -= slot.taken();
      if (missing <= 0) {
        return Duration.between(now, slot.last().plus(SLIDING_WINDOW));
      }
    }
    return SLIDING_WINDOW;
  }
}
