package dev.tenet.application.governance;

import dev.tenet.application.governance.QuotaBucket.Wanted;
import dev.tenet.application.governance.QuotaLedger.Balance;
import dev.tenet.application.governance.QuotaLedger.Claim;
import dev.tenet.application.governance.QuotaLedger.Return;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.domain.governance.Quota;
import dev.tenet.domain.governance.QuotaLimit;
import dev.tenet.domain.governance.QuotaLimit.Unit;
import dev.tenet.domain.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One tenant's buckets on this node.
///
/// Requests of the tenant take turns, also for what has to be fetched from the ledger: it is fetched once for all who wait.
/// Nearly all of them find enough in the buckets.
final class QuotaBuckets {

  private final TenantId tenant;
  private final QuotaLedger ledger;
  private final ReentrantLock turn = new ReentrantLock();
  private Quota adopted = Quota.UNLIMITED;

  /// Those of the adopted quota, in the order of its limits.
  private QuotaBucket[] buckets = {};

  QuotaBuckets(TenantId tenant, QuotaLedger ledger) {
    this.tenant = tenant;
    this.ledger = ledger;
  }

  QuotaVerdict consume(Quota quota, Wanted wanted) {
    turn.lock();
    try {
      Instant now = wanted.at();
      adopt(quota, now);
      QuotaBucket exceeded = firstKnownToExceed(wanted);
      if (exceeded == null && fetchLacking(wanted)) {
        exceeded = firstToExceed(wanted);
      }
      if (exceeded != null) {
        return verdict(Optional.of(exceeded.limit()), longestWait(wanted), now);
      }
      for (QuotaBucket bucket : buckets) {
        bucket.use(wanted);
      }
      return verdict(Optional.empty(), Duration.ZERO, now);
    } finally {
      turn.unlock();
    }
  }

  /// Gives back what was used at a moment, as far as that still counts.
  void giveBack(Wanted used) {
    turn.lock();
    try {
      List<Return> returns = new ArrayList<>();
      for (QuotaBucket bucket : buckets) {
        bucket.giveBack(used).ifPresent(returns::add);
      }
      giveBack(returns);
    } finally {
      turn.unlock();
    }
  }

  /// Takes over limits that have changed. Of a limit that is lowered, taken away or counted differently, all that is left in
  /// the bucket goes back to the ledger, which alone knows whether the others have left any of it.
  private void adopt(Quota quota, Instant now) {
    if (quota.equals(adopted)) {
      for (QuotaBucket bucket : buckets) {
        bucket.enter(now);
      }
      return;
    }
    Map<QuotaLimit, QuotaBucket> known = new EnumMap<>(QuotaLimit.class);
    for (QuotaBucket bucket : buckets) {
      known.put(bucket.limit(), bucket);
    }
    List<QuotaBucket> next = new ArrayList<>(quota.limits().size());
    List<Return> returns = new ArrayList<>();
    quota
        .limits()
        .forEach(
            (limit, most) -> {
              boolean slides = QuotaBucket.slides(quota, limit);
              QuotaBucket bucket = known.get(limit);
              if (bucket != null && bucket.slides() == slides) {
                known.remove(limit);
              } else {
                bucket = new QuotaBucket(limit, slides);
              }
              bucket.enter(now);
              bucket.limitTo(most).ifPresent(returns::add);
              next.add(bucket);
            });
    for (QuotaBucket old : known.values()) {
      old.surrender().ifPresent(returns::add);
    }
    buckets = next.toArray(QuotaBucket[]::new);
    adopted = quota;
    giveBack(returns);
  }

  /// What the ledger does not take back nobody uses.
  private void giveBack(List<Return> returns) {
    if (!returns.isEmpty()) {
      try {
        ledger.giveBack(tenant, returns);
      } catch (StoreUnavailable e) {
        // It is as if the node had died with it.
      }
    }
  }

  private @Nullable QuotaBucket firstKnownToExceed(Wanted wanted) {
    for (QuotaBucket bucket : buckets) {
      if (bucket.isKnownToExceed(wanted)) {
        return bucket;
      }
    }
    return null;
  }

  private @Nullable QuotaBucket firstToExceed(Wanted wanted) {
    for (QuotaBucket bucket : buckets) {
      if (bucket.exceeds(wanted)) {
        return bucket;
      }
    }
    return null;
  }

  /// Takes what the buckets lack; those that have enough are not filled up meanwhile.
  ///
  /// @return whether one lacked anything
  private boolean fetchLacking(Wanted wanted) {
    List<Claim> claims = null;
    for (QuotaBucket bucket : buckets) {
      if (bucket.asks(wanted)) {
        claims = claims == null ? new ArrayList<>(buckets.length) : claims;
        claims.add(bucket.claim(wanted));
      }
    }
    if (claims == null) {
      return false;
    }
    for (Balance balance : ledger.take(tenant, claims)) {
      for (QuotaBucket bucket : buckets) {
        if (bucket.limit() == balance.limit()) {
          bucket.fill(balance, wanted.at());
        }
      }
    }
    return true;
  }

  private Duration longestWait(Wanted wanted) {
    Duration longest = Duration.ZERO;
    for (QuotaBucket bucket : buckets) {
      if (bucket.exceeds(wanted)) {
        Duration wait = bucket.wait(wanted);
        longest = wait.compareTo(longest) > 0 ? wait : longest;
      }
    }
    return longest;
  }

  private QuotaVerdict verdict(Optional<QuotaLimit> exceeded, Duration retryAfter, Instant now) {
    return new QuotaVerdict(
        exceeded, remaining(Unit.REQUESTS), remaining(Unit.TOKENS), retryAfter, now);
  }

  private long remaining(Unit unit) {
    long least = QuotaVerdict.UNLIMITED;
    for (QuotaBucket bucket : buckets) {
      if (bucket.limit().unit() == unit) {
        long left = bucket.remaining();
        least = least == QuotaVerdict.UNLIMITED ? left : Math.min(least, left);
      }
    }
    return least;
  }
}
