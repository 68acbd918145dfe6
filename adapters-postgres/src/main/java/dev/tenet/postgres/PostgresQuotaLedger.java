package dev.tenet.postgres;

import dev.tenet.application.governance.QuotaLedger;
import dev.tenet.domain.governance.QuotaLimit;
import dev.tenet.domain.tenant.TenantId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// Keeps what tenants have taken of their quotas in PostgreSQL. The row of a tenant in `quota_accounts` is locked by whoever
/// takes, so that takers of one tenant take turns.
final class PostgresQuotaLedger implements QuotaLedger {

  private final TenantTransaction transactions;

  PostgresQuotaLedger(TenantTransaction transactions) {
    this.transactions = transactions;
  }

  @Override
  public List<Balance> take(TenantId tenant, List<Claim> claims) {
    return transactions.inTenant(
        tenant,
        handle -> {
          lock(handle, tenant);
          Map<QuotaLimit, List<Slot>> taken = new EnumMap<>(QuotaLimit.class);
          claims.forEach(claim -> taken.put(claim.limit(), taken(handle, tenant, claim)));
          boolean granting =
              claims.stream().allMatch(claim -> claim.need() <= Math.max(0, left(claim, taken)));
          List<Balance> balances = new ArrayList<>(claims.size());
          for (Claim claim : claims) {
            long granted = granting ? Math.max(0, Math.min(claim.want(), left(claim, taken))) : 0;
            if (granted > 0) {
              add(handle, tenant, claim, granted);
              taken.put(claim.limit(), taken(handle, tenant, claim));
            }
            balances.add(
                new Balance(claim.limit(), granted, taken.getOrDefault(claim.limit(), List.of())));
          }
          return balances;
        });
  }

  private static long left(Claim claim, Map<QuotaLimit, List<Slot>> taken) {
    return claim.most()
        - taken.getOrDefault(claim.limit(), List.of()).stream().mapToLong(Slot::taken).sum();
  }

  private static void lock(Handle handle, TenantId tenant) {
    handle
        .createUpdate(
            "INSERT INTO quota_accounts (tenant_id) VALUES (:tenant)"
                + " ON CONFLICT (tenant_id) DO UPDATE SET changes = quota_accounts.changes + 1")
        .bind("tenant", tenant.value())
        .execute();
  }

  /// Slots that do not count any more never will.
  private static List<Slot> taken(Handle handle, TenantId tenant, Claim claim) {
    return handle
        .createQuery(
            "SELECT last_at, taken FROM quota_slots WHERE tenant_id = :tenant"
                + " AND quota_limit = :limit AND last_at > :after ORDER BY slot")
        .bind("tenant", tenant.value())
        .bind("limit", claim.limit().key())
        .bind("after", claim.after())
        .map((row, context) -> new Slot(Rows.instant(row, "last_at"), row.getLong("taken")))
        .list();
  }

  private static void add(Handle handle, TenantId tenant, Claim claim, long granted) {
    handle
        .createUpdate(
            "DELETE FROM quota_slots WHERE tenant_id = :tenant AND quota_limit = :limit"
                + " AND last_at <= :after")
        .bind("tenant", tenant.value())
        .bind("limit", claim.limit().key())
        .bind("after", claim.after())
        .execute();
    handle
        .createUpdate(
            "INSERT INTO quota_slots (tenant_id, quota_limit, slot, last_at, taken)"
                + " VALUES (:tenant, :limit, :slot, :at, :granted)"
                + " ON CONFLICT (tenant_id, quota_limit, slot) DO UPDATE"
                + " SET last_at = greatest(quota_slots.last_at, excluded.last_at),"
                + " taken = quota_slots.taken + excluded.taken")
        .bind("tenant", tenant.value())
        .bind("limit", claim.limit().key())
        .bind("slot", claim.slot())
        .bind("at", claim.at())
        .bind("granted", granted)
        .execute();
  }

  @Override
  public void giveBack(TenantId tenant, List<Return> returns) {
    transactions.inTenant(
        tenant,
        handle -> {
          lock(handle, tenant);
          returns.forEach(unused -> giveBack(handle, tenant, unused));
          return returns.size();
        });
  }

  private static void giveBack(Handle handle, TenantId tenant, Return unused) {
    handle
        .createUpdate(
            "UPDATE quota_slots SET taken = greatest(0, taken - :amount)"
                + " WHERE tenant_id = :tenant AND quota_limit = :limit AND slot = :slot")
        .bind("tenant", tenant.value())
        .bind("limit", unused.limit().key())
        .bind("slot", unused.slot())
        .bind("amount", unused.amount())
        .execute();
  }

  @Override
  public void reset(TenantId tenant) {
    transactions.inTenant(
        tenant,
        handle -> {
          lock(handle, tenant);
          return handle
              .createUpdate("DELETE FROM quota_slots WHERE tenant_id = :tenant")
              .bind("tenant", tenant.value())
              .execute();
        });
  }

  /// A transaction for each tenant: row-level security lets a transaction write for one.
  @Override
  public void use(LocalDate day, Map<TenantId, Usage> used) {
    used.forEach(
        (tenant, usage) ->
            transactions.inTenant(
                tenant,
                handle ->
                    handle
                        .createUpdate(
                            "INSERT INTO usage_days (tenant_id, day, requests, tokens, denied)"
                                + " VALUES (:tenant, :day, :requests, :tokens, :denied)"
                                + " ON CONFLICT (tenant_id, day) DO UPDATE"
                                + " SET requests = usage_days.requests + excluded.requests,"
                                + " tokens = usage_days.tokens + excluded.tokens,"
                                + " denied = usage_days.denied + excluded.denied")
                        .bind("tenant", tenant.value())
                        .bind("day", day)
                        .bind("requests", usage.requests())
                        .bind("tokens", usage.tokens())
                        .bind("denied", usage.denied())
                        .execute()));
  }

  @Override
  public Map<LocalDate, Usage> used(TenantId tenant, LocalDate from, LocalDate to) {
    return transactions.inTenant(
        tenant,
        handle -> {
          Map<LocalDate, Usage> days = new TreeMap<>();
          handle
              .createQuery(
                  "SELECT * FROM usage_days WHERE tenant_id = :tenant"
                      + " AND day BETWEEN :from AND :to")
              .bind("tenant", tenant.value())
              .bind("from", from)
              .bind("to", to)
              .map(
                  (row, context) ->
                      Map.entry(
                          row.getObject("day", LocalDate.class),
                          new Usage(
                              row.getLong("requests"),
                              row.getLong("tokens"),
                              row.getLong("denied"))))
              .forEach(entry -> days.put(entry.getKey(), entry.getValue()));
          return days;
        });
  }
}
