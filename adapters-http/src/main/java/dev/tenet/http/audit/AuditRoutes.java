package dev.tenet.http.audit;

import dev.tenet.application.audit.AuditFilter;
import dev.tenet.application.audit.ListAudit;
import dev.tenet.domain.audit.Outcome;
import dev.tenet.domain.identity.Action;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.http.problem.Problem;
import dev.tenet.http.problem.ProblemException;
import dev.tenet.http.routing.Answer;
import dev.tenet.http.routing.Call;
import dev.tenet.http.routing.PageTokens;
import dev.tenet.http.routing.Route;
import dev.tenet.http.routing.TimeSpan;
import dev.tenet.http.usecase.UseCases;
import java.util.List;

/// Reads what was recorded of a tenant, and of the platform.
public final class AuditRoutes {

  private static final String[] FILTER = {"actor", "action", "outcome", "since", "until"};

  private final ListAudit audit;

  public AuditRoutes(UseCases.Audit audit) {
    this.audit = audit.list();
  }

  /// {@return the routes}
  public List<Route> routes() {
    return List.of(
        Route.of("GET", "/api/v1/tenants/{tenantId}/audit", Action.AUDIT_READ, this::ofTenant)
            .paged()
            .with(FILTER),
        Route.of("GET", "/api/v1/audit", Action.AUDIT_READ, this::ofPlatform).paged().with(FILTER));
  }

  private Answer ofTenant(Call call) {
    return list(call.tenant(), call);
  }

  private Answer ofPlatform(Call call) {
    return list(TenantId.PLATFORM, call);
  }

  private Answer list(TenantId tenant, Call call) {
    return switch (audit.list(tenant, filter(call), call.page(PageTokens.BY_NUMBER))) {
      case ListAudit.Result.TenantNotFound() ->
          throw new ProblemException(Problem.notFound("tenant"));
      case ListAudit.Result.Listed(var page) -> Answer.json(200, AuditJson.of(page, call));
    };
  }

  private static AuditFilter filter(Call call) {
    TimeSpan span = TimeSpan.of(call);
    return new AuditFilter(
        call.parameter("actor"),
        call.parameter("action"),
        call.parameter("outcome", Outcome::parse, "accepted or denied"),
        span.since(),
        span.until());
  }
}
