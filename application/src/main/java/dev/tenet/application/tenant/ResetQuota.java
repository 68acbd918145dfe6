package dev.tenet.application.tenant;

import dev.tenet.application.audit.AuditLog;
import dev.tenet.application.governance.Quotas;
import dev.tenet.application.reading.ReadResult;
import dev.tenet.application.store.Definitions;
import dev.tenet.domain.audit.AuditDetail;
import dev.tenet.domain.audit.AuditEvent;
import dev.tenet.domain.audit.Outcome;
import dev.tenet.domain.tenant.TenantId;
import java.time.InstantSource;
import java.util.List;

/// Lets all limits of a tenant's quota begin anew. That is recorded first, so that it never happens unrecorded.
public final class ResetQuota {

  private final Definitions definitions;
  private final Quotas quotas;
  private final AuditLog audit;
  private final InstantSource clock;

  public ResetQuota(Definitions definitions, Quotas quotas, AuditLog audit, InstantSource clock) {
    this.definitions = definitions;
    this.quotas = quotas;
    this.audit = audit;
    this.clock = clock;
  }

  /// Resets the tenant's quota.
  ///
  /// @param actor who asks
  /// @param requestId names the request
  /// @return the tenant's id when there is such a tenant
  public ReadResult<TenantId> reset(TenantId tenant, String actor, String requestId) {
    return definitions.readStored(
        tenant,
        store -> {
          audit.append(
              tenant,
              List.of(
                  AuditEvent.of(
                      clock.instant(),
                      actor,
                      "quota_reset",
                      "tenant/" + tenant,
                      Outcome.ACCEPTED,
                      requestId,
                      AuditDetail.NONE)));
          quotas.reset(tenant);
          return tenant;
        });
  }
}
