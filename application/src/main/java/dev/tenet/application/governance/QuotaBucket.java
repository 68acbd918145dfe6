package dev.tenet.application.governance;

import dev.tenet.application.governance.QuotaLedger.Balance;
import dev.tenet.application.governance.QuotaLedger.Claim;
import dev.tenet.application.governance.QuotaLedger.Return;
import dev.tenet.application.governance.QuotaLedger.Slot;
import dev.tenet.domain.governance.Quota;
import dev.tenet.domain.governance.QuotaLimit;
import dev.tenet.domain.governance.QuotaLimit.Unit;
import dev.tenet.domain.governance.QuotaWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// What this node has of one limit: a lease of a fixed window, nothing in advance of a sliding one. Guarded by
/// [QuotaBuckets].
final class QuotaBucket {

  private static final Duration SLIDING_WINDOW = Duration.ofMinutes(1);
  private static final Duration INSTANT = Duration.ofMillis(1);

  /// How often the ledger is asked again while there was too little left: it may have been reset.
  private static final Duration ASKED_AGAIN = Duration.ofSeconds(1);

  /// A lease that lasts for less makes the next one larger.
  private static final Duration SHORT_LEASE = Duration.ofMillis(100);

  /// A lease is at most this part of the limit, so that what other nodes have left over is little, and what a node forfeits
  /// that dies.
  private static final int LEASE_SHARE = 20;

  /// What a request, or a call of a plugin, uses at a moment. What it uses nothing of does not concern it.
  ///
  /// @param requests 0 for a call of a plugin
  /// @param pluginCalls 0 for a request
  record Wanted(long requests, long tokens, long pluginCalls, Instant at) {

    static Wanted request(long requests, long tokens, Instant at) {
      return new Wanted(requests, tokens, 0, at);
    }

    static Wanted pluginCall(Instant at) {
      return new Wanted(0, 0, 1, at);
    }

    private boolean concerns(QuotaLimit limit) {
      return (limit.unit() == Unit.PLUGIN_CALLS) == (pluginCalls > 0);
    }

    private long of(QuotaLimit limit) {
      return switch (limit.unit()) {
        case REQUESTS -> requests;
        case TOKENS -> tokens;
        case PLUGIN_CALLS -> pluginCalls;
      };
    }
  }

  private final QuotaLimit limit;
  private final boolean slides;
  private long most = Long.MAX_VALUE;

  /// The present slot, and when the next one begins.
  private Instant slot = Instant.MIN;

  private Instant end = Instant.MIN;
  private Instant leased = Instant.MIN;
  private Instant asked = Instant.MIN;
  private long lease = 1;

  /// How much of what was taken is not used yet.
  private long available;

  /// What all nodes together had taken when the ledger was asked last.
  private List<Slot> taken = List.of();

  private long total;

  QuotaBucket(QuotaLimit limit, boolean slides) {
    this.limit = limit;
    this.slides = slides;
  }

  static boolean slides(Quota quota, QuotaLimit limit) {
    return quota.kind() == Quota.Kind.SLIDING && limit.window() == QuotaWindow.MINUTE;
  }

  QuotaLimit limit() {
    return limit;
  }

  boolean slides() {
    return slides;
  }

  private boolean isIn(Instant moment) {
    return !moment.isBefore(slot) && moment.isBefore(end);
  }

  /// Begins anew in another slot.
  void enter(Instant now) {
    if (!isIn(now)) {
      slot = slot(now);
      end = slides ? slot.plusSeconds(1) : limit.window().end(slot);
      asked = Instant.MIN;
      available = 0;
      count(List.of());
    }
  }

  private Instant slot(Instant moment) {
    return slides ? moment.truncatedTo(ChronoUnit.SECONDS) : limit.window().start(moment);
  }

  private void count(List<Slot> slots) {
    taken = slots;
    total = 0;
    for (Slot each : slots) {
      total += each.taken();
    }
  }

  /// Takes over the limit in force.
  ///
  /// @return what is to be given back to the ledger, because the limit is lower than the one under which it was taken
  Optional<Return> limitTo(long limitInForce) {
    boolean lowered = limitInForce < most;
    most = limitInForce;
    return lowered ? surrender() : Optional.empty();
  }

  /// Empties the bucket.
  ///
  /// @return what was in it, to be given back to the ledger
  Optional<Return> surrender() {
    long unused = available;
    available = 0;
    asked = Instant.MIN;
    return unused == 0 ? Optional.empty() : Optional.of(new Return(limit, slot, unused));
  }

  /// As far as is known, what is wanted is more than what is left.
  boolean exceeds(Wanted wanted) {
    return wanted.concerns(limit) && wanted.of(limit) > most - total + available;
  }

  /// What was taken within a fixed window does not come back, unless somebody resets it or gives something back; of a
  /// sliding one the oldest slot leaves first.
  boolean isKnownToExceed(Wanted wanted) {
    return exceeds(wanted)
        && asked.plus(ASKED_AGAIN).isAfter(wanted.at())
        && (!slides
            || taken.isEmpty()
            || taken.getFirst().last().plus(SLIDING_WINDOW).isAfter(wanted.at()));
  }

  /// Even when nothing is needed, what others have taken must be known to say how much remains.
  boolean asks(Wanted wanted) {
    return wanted.concerns(limit) && (available < wanted.of(limit) || asked.equals(Instant.MIN));
  }

  /// {@return what to ask the ledger for}
  Claim claim(Wanted wanted) {
    Instant at = slides ? wanted.at() : slot;
    long need = wanted.of(limit);
    long want = slides ? need : Math.max(need, nextLease(wanted.at()));
    return new Claim(
        limit,
        slot,
        at,
        at.minus(slides ? SLIDING_WINDOW : INSTANT),
        Math.max(0, need - available),
        Math.max(0, want - available),
        most);
  }

  private long nextLease(Instant now) {
    boolean brief = leased.plus(SHORT_LEASE).isAfter(now);
    long next = brief ? lease * 2 : Math.max(1, lease / 2);
    return Math.min(next, Math.max(1, most / LEASE_SHARE));
  }

  void fill(Balance balance, Instant now) {
    available += balance.granted();
    asked = now;
    count(balance.taken());
    if (balance.granted() > 0) {
      leased = now;
      lease = balance.granted();
    }
  }

  void use(Wanted wanted) {
    available -= wanted.of(limit);
  }

  /// Takes back what was used in the present slot. What counted in another one is over, except that it stands in the way of
  /// a sliding window for as long as its other requests.
  ///
  /// @return what is to be given back to the ledger, because the bucket does not keep it
  Optional<Return> giveBack(Wanted used) {
    long amount = used.of(limit);
    if (slides) {
      asked = Instant.MIN;
      return amount == 0
          ? Optional.empty()
          : Optional.of(new Return(limit, slot(used.at()), amount));
    }
    if (isIn(used.at())) {
      available = Math.min(total, available + amount);
    }
    return Optional.empty();
  }

  long remaining() {
    return Math.max(0, most - total + available);
  }

  /// {@return how long it takes until so much is left as is needed; a window's end when that is more than the limit}
  Duration wait(Wanted wanted) {
    Instant now = wanted.at();
    if (!slides) {
      return Duration.between(now, end);
    }
    long missing = wanted.of(limit) - available - (most - total);
    for (Slot each : taken) {
      missing -= each.taken();
      if (missing <= 0) {
        return Duration.between(now, each.last().plus(SLIDING_WINDOW));
      }
    }
    return SLIDING_WINDOW;
  }
}
