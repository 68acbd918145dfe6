package dev.tenet.application.governance;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.tenet.application.governance.QuotaBucket.Wanted;
import dev.tenet.domain.governance.Quota;
import dev.tenet.domain.governance.QuotaLimit.Unit;
import dev.tenet.domain.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/// Keeps tenants within their quotas: exactly, also when many requests come at once or at several nodes.
///
/// Each node has a bucket for each limit, which it fills from the [QuotaLedger] when it is empty. What one node has taken
/// no other can take, so that all of them together never allow more than the limit; what a node has taken and not used
/// when the window ends, or when it dies, nobody uses.
public final class Quotas {

  /// Longer than the longest time that a bucket may be without use and still matter to its node.
  private static final Duration IDLE = Duration.ofHours(1);

  private final QuotaLedger ledger;
  private final InstantSource clock;

  /// What it does for itself it does at once: waking a thread of a pool costs more.
  private final LoadingCache<TenantId, QuotaBuckets> buckets;

  public Quotas(QuotaLedger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
    this.buckets =
        Caffeine.newBuilder()
            .expireAfterAccess(IDLE)
            .executor(Runnable::run)
            .build(tenant -> new QuotaBuckets(tenant, ledger));
  }

  /// Uses up what a request needs, all of it, or nothing when a limit is in the way.
  ///
  /// @param requests at least 1; less counts as 1
  /// @param tokens 0 or more
  /// @throws dev.tenet.application.store.StoreUnavailable when the ledger has to be asked and does not answer
  public QuotaVerdict consume(TenantId tenant, Quota quota, long requests, long tokens) {
    if (tokens < 0) {
      throw new IllegalArgumentException("tokens are not given back: " + tokens);
    }
    return quota.limits().isEmpty()
        ? QuotaVerdict.FREE
        : buckets.get(tenant).consume(quota, Wanted.request(Math.max(1, requests), tokens, now()));
  }

  /// Uses up a call of a plugin, or nothing when a limit is in the way.
  ///
  /// @throws dev.tenet.application.store.StoreUnavailable when the ledger has to be asked and does not answer
  public QuotaVerdict consumePluginCall(TenantId tenant, Quota quota) {
    return quota.limits().keySet().stream().noneMatch(limit -> limit.unit() == Unit.PLUGIN_CALLS)
        ? QuotaVerdict.FREE
        : buckets.get(tenant).consume(quota, Wanted.pluginCall(now()));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /// Gives back what a request has used up that was denied after all. Where the window has ended meanwhile, it counts in no
  /// other.
  ///
  /// @param verdict which allowed the request
  public void giveBack(TenantId tenant, QuotaVerdict verdict, long requests, long tokens) {
    if (!verdict.equals(QuotaVerdict.FREE)) {
      buckets.get(tenant).giveBack(Wanted.request(Math.max(1, requests), tokens, verdict.at()));
    }
  }

  /// Lets all limits of the tenant begin anew; on other nodes within a second.
  public void reset(TenantId tenant) {
    ledger.reset(tenant);
    buckets.invalidate(tenant);
  }
}
