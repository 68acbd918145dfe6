package dev.tenet.application.plugin;

import dev.tenet.application.governance.QuotaVerdict;
import dev.tenet.domain.tenant.TenantId;

/// Keeps tenants within their quotas of calls of plugins.
@FunctionalInterface
public interface CallQuota {

  /// Uses up a call.
  ///
  /// @throws dev.tenet.application.store.StoreUnavailable when the quota has to be read and the store does not answer
  QuotaVerdict consume(TenantId tenant);
}
