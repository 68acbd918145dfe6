package dev.tenet.inmemory;

import dev.tenet.application.governance.QuotaLedger;
import dev.tenet.domain.governance.QuotaLimit;
import dev.tenet.domain.tenant.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Keeps what tenants have taken of their quotas in memory.
public final class InMemoryQuotaLedger implements QuotaLedger {

  /// How many days of use are kept of a tenant.
  private static final int MOST_DAYS = 400;

  /// What one tenant has taken and used; guarded by itself.
  private static final class Account {
    final Map<QuotaLimit, SortedMap<Instant, Slot>> taken = new EnumMap<>(QuotaLimit.class);
    final TreeMap<LocalDate, Usage> used = new TreeMap<>();

    /// Slots that do not count any more never will.
    SortedMap<Instant, Slot> slots(Claim claim) {
      SortedMap<Instant, Slot> slots =
          taken.computeIfAbsent(claim.limit(), unknown -> new TreeMap<>());
      slots.values().removeIf(slot -> !slot.last().isAfter(claim.after()));
      return slots;
    }

    long left(Claim claim) {
      return claim.most() - slots(claim).values().stream().mapToLong(Slot::taken).sum();
    }

    Balance balance(Claim claim, boolean granting) {
      long granted = granting ? Math.max(0, Math.min(claim.want(), left(claim))) : 0;
      SortedMap<Instant, Slot> slots = slots(claim);
      if (granted > 0) {
        slots.merge(
            claim.slot(),
            new Slot(claim.at(), granted),
            (old, more) -> new Slot(later(old.last(), more.last()), old.taken() + more.taken()));
      }
      return new Balance(claim.limit(), granted, List.copyOf(slots.values()));
    }

    void giveBack(Return unused) {
      SortedMap<Instant, Slot> slots = taken.getOrDefault(unused.limit(), new TreeMap<>());
      slots.computeIfPresent(
          unused.slot(),
          (slot, old) -> new Slot(old.last(), Math.max(0, old.taken() - unused.amount())));
    }

    private static Instant later(Instant one, Instant other) {
      return one.isAfter(other) ? one : other;
    }
  }

  private final ConcurrentMap<TenantId, Account> accounts = new ConcurrentHashMap<>();

  private Account account(TenantId tenant) {
    return accounts.computeIfAbsent(tenant, unknown -> new Account());
  }

  @Override
  public List<Balance> take(TenantId tenant, List<Claim> claims) {
    Account account = account(tenant);
    synchronized (account) {
      boolean granting =
          claims.stream().allMatch(claim -> claim.need() <= Math.max(0, account.left(claim)));
      List<Balance> balances = new ArrayList<>(claims.size());
      claims.forEach(claim -> balances.add(account.balance(claim, granting)));
      return balances;
    }
  }

  @Override
  public void giveBack(TenantId tenant, List<Return> returns) {
    Account account = account(tenant);
    synchronized (account) {
      returns.forEach(account::giveBack);
    }
  }

  @Override
  public void reset(TenantId tenant) {
    Account account = account(tenant);
    synchronized (account) {
      account.taken.clear();
    }
  }

  @Override
  public void use(LocalDate day, Map<TenantId, Usage> used) {
    used.forEach(
        (tenant, usage) -> {
          Account account = account(tenant);
          synchronized (account) {
            account.used.merge(day, usage, Usage::plus);
            if (account.used.size() > MOST_DAYS) {
              account.used.pollFirstEntry();
            }
          }
        });
  }

  @Override
  public Map<LocalDate, Usage> used(TenantId tenant, LocalDate from, LocalDate to) {
    Account account = accounts.get(tenant);
    if (account == null || from.isAfter(to)) {
      return Map.of();
    }
    synchronized (account) {
      return new TreeMap<>(account.used.subMap(from, true, to, true));
    }
  }
}
