package dev.tenet.application.tenant;

import dev.tenet.application.governance.Quotas;
import dev.tenet.application.reading.ReadResult;
import dev.tenet.application.store.Definitions;
import dev.tenet.domain.tenant.TenantId;

/// Lets all limits of a tenant's quota begin anew.
public final class ResetQuota {

  private final Definitions definitions;
  private final Quotas quotas;

  public ResetQuota(Definitions definitions, Quotas quotas) {
    this.definitions = definitions;
    this.quotas = quotas;
  }

  /// Resets the tenant's quota.
  ///
  /// @return the tenant's id when there is such a tenant
  public ReadResult<TenantId> reset(TenantId tenant) {
    return definitions.readStored(
        tenant,
        store -> {
          quotas.reset(tenant);
          return tenant;
        });
  }
}
