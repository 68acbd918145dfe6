package dev.tenet.application.governance;

import dev.tenet.domain.governance.PolicyList;
import dev.tenet.domain.tenant.TenantId;
import org.jspecify.annotations.Nullable;

/// Is told what governance decides about requests, on the thread of the request: be quick. What it throws is logged, counted
/// and changes nothing.
public interface GovernanceObserver {

  /// Where a request's tenant comes from.
  enum Source {
    /// From who asks.
    PRINCIPAL,
    /// From what the configured extractor found.
    EXTRACTOR,
    /// From the header that names tenants.
    HEADER,
    /// From the path or the body: who asks may do something in any tenant.
    REQUEST
  }

  /// A request's tenant is known.
  default void resolved(TenantId tenant, Source source) {}

  /// A policy allowed a request, or denied it.
  ///
  /// @param denial what was denied; null when everything is allowed
  default void policyChecked(TenantId tenant, @Nullable Denial denial) {}

  /// A quota allowed a request, or denied it.
  default void quotaChecked(TenantId tenant, long requests, long tokens, QuotaVerdict verdict) {}

  /// What a policy denied.
  ///
  /// @param value what is not on the list
  record Denial(PolicyList list, String value) {}
}
