package dev.tenet.http.governance;

import dev.tenet.application.governance.GovernanceObserver.Source;
import dev.tenet.domain.tenant.TenantId;

/// A request's tenant, before the path or the body is looked at.
record Resolved(TenantId tenant, Source source) {}
