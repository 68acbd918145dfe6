package dev.tenet.application.governance;

import dev.tenet.domain.tenant.TenantId;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/// Stands where a test has not opened its ledger yet.
final class NoLedger implements QuotaLedger {

  @Override
  public List<Balance> take(TenantId tenant, List<Claim> claims) {
    throw new AssertionError("no ledger is open");
  }

  @Override
  public void reset(TenantId tenant) {
    throw new AssertionError("no ledger is open");
  }

  @Override
  public void use(LocalDate day, Map<TenantId, Usage> used) {
    throw new AssertionError("no ledger is open");
  }

  @Override
  public Map<LocalDate, Usage> used(TenantId tenant, LocalDate from, LocalDate to) {
    throw new AssertionError("no ledger is open");
  }

  @Override
  public void giveBack(TenantId tenant, List<Return> returns) {
    throw new AssertionError("no ledger is open");
  }
}
