package dev.tenet.application.governance;

import dev.tenet.application.governance.QuotaLedger.Usage;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.domain.tenant.TenantId;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Counts what tenants use, and adds it to the ledger from time to time.
public final class UsageMeter {

  private final QuotaLedger ledger;
  private final InstantSource clock;
  private final ConcurrentMap<TenantId, Usage> used = new ConcurrentHashMap<>();

  public UsageMeter(QuotaLedger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /// {@return the present day in UTC}
  public LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  /// Counts a request that was let in.
  public void used(TenantId tenant, long requests, long tokens) {
    used.merge(tenant, new Usage(requests, tokens, 0), Usage::plus);
  }

  /// Counts a request that was denied by a quota or the limit of the rate.
  public void denied(TenantId tenant) {
    used.merge(tenant, new Usage(0, 0, 1), Usage::plus);
  }

  /// Adds to the ledger what was counted since the last time. What the ledger does not take is counted on.
  ///
  /// @throws StoreUnavailable when it takes nothing
  public void flush() {
    LocalDate today = today();
    for (TenantId tenant : Map.copyOf(used).keySet()) {
      Usage usage = used.remove(tenant);
      if (usage != null) {
        flush(today, tenant, usage);
      }
    }
  }

  private void flush(LocalDate day, TenantId tenant, Usage usage) {
    try {
      ledger.use(day, Map.of(tenant, usage));
    } catch (StoreUnavailable e) {
      used.merge(tenant, usage, Usage::plus);
      throw e;
    }
  }

  /// {@return what the tenant has used on some days, with what is not in the ledger yet}
  public Map<LocalDate, Usage> read(TenantId tenant, LocalDate from, LocalDate to) {
    Map<LocalDate, Usage> days = new HashMap<>(ledger.used(tenant, from, to));
    Usage pending = used.get(tenant);
    LocalDate today = today();
    if (pending != null && !today.isBefore(from) && !today.isAfter(to)) {
      days.merge(today, pending, Usage::plus);
    }
    return days;
  }
}
