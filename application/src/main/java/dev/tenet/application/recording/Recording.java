package dev.tenet.application.recording;

import dev.tenet.domain.decision.LoggedDecision;
import dev.tenet.domain.decision.Requester;
import dev.tenet.domain.evaluation.Decision;
import dev.tenet.domain.evaluation.DecisionId;
import dev.tenet.domain.evaluation.Facts;
import dev.tenet.domain.evaluation.MaskedFacts;
import dev.tenet.domain.evaluation.Secrets;
import dev.tenet.domain.evaluation.Selection;
import dev.tenet.domain.governance.DecisionLogging;
import dev.tenet.domain.governance.DecisionLogging.Delivery;
import dev.tenet.domain.governance.DecisionLogging.Mode;
import dev.tenet.domain.tenant.TenantId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// Records the decisions of one request. Nothing of sensitive fields leaves the thread that decides. Safe for use by many threads.
public final class Recording {

  /// An odd number near 2^64 divided by the golden ratio: multiplying by it spreads ids evenly (Knuth, volume 3, 6.4).
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private static final int UNIT_BITS = 53;

  private final BufferLane lane;
  private final TenantId tenant;
  private final DecisionLogging wanted;
  private final Secrets secrets;
  private final Requester requester;

  /// What is to be waited for. Guarded by itself.
  private final List<Batch> unconfirmed = new ArrayList<>();

  Recording(
      BufferLane lane,
      TenantId tenant,
      DecisionLogging wanted,
      Secrets secrets,
      Requester requester) {
    this.lane = lane;
    this.tenant = tenant;
    this.wanted = wanted;
    this.secrets = secrets;
    this.requester = requester;
  }

  /// {@return the value that `now` shall have: as much of the moment as is kept}
  public Instant moment(Instant now) {
    return now.truncatedTo(ChronoUnit.MICROS);
  }

  /// Records a decision, if it is to be kept.
  ///
  /// @param at the value that `now` had
  /// @throws DecisionLogFull when it must be kept, and there is no room for it
  public void decided(Facts facts, Selection selection, Instant at, Decision decision) {
    if (wanted.mode() == Mode.SAMPLED && !isSampled(decision.id(), wanted.rate())) {
      return;
    }
    LoggedDecision logged =
        LoggedDecision.of(
            tenant,
            at,
            MaskedFacts.of(facts, secrets.derivedFields()),
            selection,
            decision,
            secrets.mask(decision.outcomes()),
            requester);
    Batch batch = lane.add(logged, isDurable());
    if (batch != null) {
      synchronized (unconfirmed) {
        if (unconfirmed.isEmpty() || unconfirmed.getLast() != batch) {
          unconfirmed.add(batch);
        }
      }
    }
  }

  /// {@return whether a decision may be answered only when it is kept}
  public boolean isDurable() {
    return wanted.delivery() == Delivery.DURABLE;
  }

  /// Follows from the id, so that who knows it can tell whether the decision was to be kept.
  static boolean isSampled(DecisionId id, double rate) {
    long mixed =
        (id.value().getMostSignificantBits() ^ id.value().getLeastSignificantBits()) * SPREAD;
    mixed = (mixed ^ (mixed >>> 32)) * SPREAD;
    return (mixed >>> (Long.SIZE - UNIT_BITS)) * 0x1p-53 < rate;
  }

  /// Waits until the decisions so far that must be kept are.
  ///
  /// @throws dev.tenet.application.store.StoreUnavailable when one is not, or when that is not known
  public void confirm() {
    List<Batch> batches;
    synchronized (unconfirmed) {
      batches = List.copyOf(unconfirmed);
      unconfirmed.clear();
    }
    batches.forEach(batch -> batch.await(tenant));
  }
}
