package dev.tenet.application.recording;

import dev.tenet.application.store.TenantStore;
import dev.tenet.domain.governance.DecisionLogging;
import dev.tenet.domain.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// Lets go of decisions that were kept as long as their tenants want, and of those of tenants that are gone.
public final class DecisionRetention {

  private final DecisionLog log;
  private final TenantStore tenants;
  private final InstantSource clock;

  public DecisionRetention(DecisionLog log, TenantStore tenants, InstantSource clock) {
    this.log = log;
    this.tenants = tenants;
    this.clock = clock;
  }

  /// Does so now, and makes room for the days to come. What fails is left for the next time.
  ///
  /// @throws dev.tenet.application.store.StoreUnavailable when the store does not answer
  public void run() {
    Instant now = clock.instant();
    log.tidy(now, Instant.EPOCH);
    Map<TenantId, Instant> oldest = new HashMap<>();
    for (TenantId tenant : log.tenants()) {
      oldest.put(
          tenant,
          tenants
              .load(tenant)
              .map(state -> now.minus(days(state.settings().decisionLog())))
              .orElse(now));
    }
    log.tidy(now, oldest.values().stream().min(Instant::compareTo).orElse(now));
    oldest.forEach(log::remove);
  }

  private static Duration days(DecisionLogging wanted) {
    return Duration.ofDays(wanted.retentionDays());
  }
}
