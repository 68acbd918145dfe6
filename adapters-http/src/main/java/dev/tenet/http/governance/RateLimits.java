package dev.tenet.http.governance;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.tenet.domain.governance.RateLimit;
import dev.tenet.domain.tenant.TenantId;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/// Keeps tenants from coming too fast: a bucket of tokens for each tenant on this node.
final class RateLimits {

  private static final Duration IDLE = Duration.ofMinutes(10);

  /// Whether a request may come now.
  ///
  /// @param remaining how many more may come at once
  /// @param retryAfter when the next one may come; zero when this one may
  record Verdict(boolean allowed, long remaining, Duration retryAfter) {}

  /// A tenant's bucket under one limit; another limit begins with a full bucket.
  private record Key(TenantId tenant, RateLimit limit) {}

  private final LoadingCache<Key, Bucket> buckets;

  RateLimits(InstantSource clock) {
    TimeMeter meter =
        new TimeMeter() {
          @Override
          public long currentTimeNanos() {
            return TimeUnit.MILLISECONDS.toNanos(clock.millis());
          }

          @Override
          public boolean isWallClockBased() {
            return true;
          }
        };
    this.buckets =
        Caffeine.newBuilder()
            .expireAfterAccess(IDLE)
            .executor(Runnable::run)
            .build(key -> bucket(key.limit(), meter));
  }

  private static Bucket bucket(RateLimit limit, TimeMeter meter) {
    return Bucket.builder()
        .withCustomTimePrecision(meter)
        .addLimit(
            Bandwidth.builder()
                .capacity(limit.burst())
                .refillGreedy(limit.requestsPerSecond(), Duration.ofSeconds(1))
                .build())
        .build();
  }

  /// Lets a request of the tenant pass, or says when to come again.
  ///
  /// @param limit which limits something
  Verdict take(TenantId tenant, RateLimit limit) {
    ConsumptionProbe probe = buckets.get(new Key(tenant, limit)).tryConsumeAndReturnRemaining(1);
    return new Verdict(
        probe.isConsumed(),
        probe.getRemainingTokens(),
        probe.isConsumed() ? Duration.ZERO : Duration.ofNanos(probe.getNanosToWaitForRefill()));
  }
}
