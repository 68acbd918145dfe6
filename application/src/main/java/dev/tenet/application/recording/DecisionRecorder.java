package dev.tenet.application.recording;

import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.domain.decision.Requester;
import dev.tenet.domain.evaluation.Secrets;
import dev.tenet.domain.governance.DecisionLogging;
import dev.tenet.domain.governance.DecisionLogging.Delivery;
import dev.tenet.domain.governance.DecisionLogging.Mode;
import dev.tenet.domain.tenant.TenantId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Begins to record the decisions of tenants that want them kept.
public final class DecisionRecorder {

  private static final Logger LOG = System.getLogger(DecisionRecorder.class.getName());

  /// Keeps nothing, for programs without a log.
  public static final DecisionRecorder NONE = new DecisionRecorder(Optional.empty());

  private final Optional<DecisionBuffer> buffer;

  public DecisionRecorder(DecisionBuffer buffer) {
    this(Optional.of(buffer));
  }

  private DecisionRecorder(Optional<DecisionBuffer> buffer) {
    this.buffer = buffer;
  }

  /// {@return what records the decisions of one request, or null when the tenant wants none kept}
  ///
  /// @param secrets what is not to be written down; asked only when something is kept
  /// @throws StoreUnavailable when they must be kept and cannot be, for the store does not answer
  public @Nullable Recording open(
      TenantId tenant, DecisionLogging wanted, Supplier<Secrets> secrets, Requester requester) {
    if (wanted.mode() == Mode.OFF || buffer.isEmpty()) {
      return null;
    }
    BufferLane lane;
    try {
      lane = buffer.get().lane(tenant);
    } catch (StoreUnavailable e) {
      if (wanted.delivery() == Delivery.DURABLE) {
        throw e;
      }
      LOG.log(
          Level.WARNING,
          () -> "Decisions of the tenant %s are not kept: %s".formatted(tenant, e.getMessage()));
      return null;
    }
    return new Recording(lane, tenant, wanted, secrets.get(), requester);
  }
}
