package dev.tenet.application.governance;

import dev.tenet.domain.governance.QuotaLimit;
import dev.tenet.domain.tenant.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/// Keeps what tenants have taken of their quotas, all nodes together, and what they have used.
///
/// Every method may throw [dev.tenet.application.store.StoreUnavailable]; then nothing is taken, or it is not known.
public interface QuotaLedger {

  /// What a node wants of one limit.
  ///
  /// @param slot under which time it is noted
  /// @param at when it is used
  /// @param after what was used last then or before does not count
  /// @param need nothing is taken of any limit when less than this is left of one
  /// @param want what to take when so much is left, at least `need`
  /// @param most the limit
  record Claim(
      QuotaLimit limit, Instant slot, Instant at, Instant after, long need, long want, long most) {}

  /// What was taken of one limit, by everybody.
  ///
  /// @param granted what the claim has taken just now
  /// @param taken what counts, in the order of its slots and with what was granted
  record Balance(QuotaLimit limit, long granted, List<Slot> taken) {

    public Balance {
      taken = List.copyOf(taken);
    }

    /// {@return what was taken in all slots}
    public long total() {
      return taken.stream().mapToLong(Slot::taken).sum();
    }
  }

  /// What a node gives back of one limit.
  ///
  /// @param slot under which time it was taken
  record Return(QuotaLimit limit, Instant slot, long amount) {}

  /// What was taken under one time.
  ///
  /// @param last when it was used last
  record Slot(Instant last, long taken) {}

  /// What a tenant has used.
  ///
  /// @param denied how many requests were denied by a quota or the limit of the rate
  record Usage(long requests, long tokens, long denied) {

    /// {@return both together}
    public Usage plus(Usage other) {
      return new Usage(requests + other.requests, tokens + other.tokens, denied + other.denied);
    }
  }

  /// Takes of several limits, of all of them or of none.
  ///
  /// @return a balance for each claim in its order; nothing was granted when one of the limits had too little left
  List<Balance> take(TenantId tenant, List<Claim> claims);

  /// Gives back what was taken and is not used. What the ledger has forgotten meanwhile is passed over.
  void giveBack(TenantId tenant, List<Return> returns);

  /// Forgets what the tenant has taken, so that all its limits begin anew.
  void reset(TenantId tenant);

  /// Adds to what tenants have used on a day in UTC.
  void use(LocalDate day, Map<TenantId, Usage> used);

  /// {@return what the tenant has used, by the day, from one day to another, both included, the oldest first}
  Map<LocalDate, Usage> used(TenantId tenant, LocalDate from, LocalDate to);
}
