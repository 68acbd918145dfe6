package dev.tenet.application.audit;

import dev.tenet.domain.audit.AuditDetail;
import dev.tenet.domain.audit.AuditEvent;
import dev.tenet.domain.audit.Outcome;
import dev.tenet.domain.tenant.TenantId;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// Records in the platform's chain that a server is to log differently. That comes first, so that it never happens
/// unrecorded.
public final class RecordLoggingChange {

  private final AuditLog log;
  private final InstantSource clock;

  public RecordLoggingChange(AuditLog log, InstantSource clock) {
    this.log = log;
    this.clock = clock;
  }

  /// Records the change, unless it changes nothing.
  ///
  /// @param actor who asks
  /// @param requestId names the request
  /// @param before how the server logs
  /// @param after how it shall log
  /// @throws dev.tenet.application.store.StoreUnavailable when it is not recorded, or that is not known
  public void record(String actor, String requestId, Map<String, ?> before, Map<String, ?> after) {
    if (before.equals(after)) {
      return;
    }
    log.append(
        TenantId.PLATFORM,
        List.of(
            AuditEvent.of(
                clock.instant(),
                actor,
                "logging_changed",
                "logging",
                Outcome.ACCEPTED,
                requestId,
                AuditDetail.of(Map.of("before", before, "after", after)))));
  }
}
