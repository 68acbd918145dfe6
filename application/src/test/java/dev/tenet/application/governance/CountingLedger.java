package dev.tenet.application.governance;

import dev.tenet.domain.tenant.TenantId;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// A ledger that counts how often something is taken of it.
record CountingLedger(QuotaLedger ledger, AtomicInteger asked) implements QuotaLedger {

  @Override
  public List<Balance> take(TenantId tenant, List<Claim> claims) {
    asked.incrementAndGet();
    return ledger.take(tenant, claims);
  }

  @Override
  public void giveBack(TenantId tenant, List<Return> returns) {
    ledger.giveBack(tenant, returns);
  }

  @Override
  public void reset(TenantId tenant) {
    ledger.reset(tenant);
  }

  @Override
  public void use(LocalDate day, Map<TenantId, Usage> used) {
    ledger.use(day, used);
  }

  @Override
  public Map<LocalDate, Usage> used(TenantId tenant, LocalDate from, LocalDate to) {
    return ledger.used(tenant, from, to);
  }
}
