package dev.tenet.http.tenant;

import dev.tenet.application.change.ChangeResult;
import dev.tenet.application.store.TenantFilter;
import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.domain.governance.SettingsPatch;
import dev.tenet.domain.governance.SettingsPatch.Suspension;
import dev.tenet.domain.identity.Action;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.http.problem.Problem;
import dev.tenet.http.problem.ProblemException;
import dev.tenet.http.routing.Answer;
import dev.tenet.http.routing.Call;
import dev.tenet.http.routing.PageTokens;
import dev.tenet.http.routing.Results;
import dev.tenet.http.routing.Route;
import dev.tenet.http.usecase.UseCases;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Administers tenants: how each is governed, and what it has used.
public final class GovernanceRoutes {

  private static final String TENANTS = "/api/v1/admin/tenants";
  private static final String TENANT = TENANTS + "/{tenantId}";

  private final UseCases.Tenants tenants;
  private final TenantRoutes tenantRoutes;

  public GovernanceRoutes(UseCases.Tenants tenants) {
    this.tenants = tenants;
    this.tenantRoutes = new TenantRoutes(tenants);
  }

  /// {@return the routes}
  public List<Route> routes() {
    return List.of(
        Route.of("GET", TENANTS, Action.TENANTS_LIST, this::list).paged().with("name", "suspended"),
        Route.of("POST", TENANTS, Action.TENANTS_CREATE, tenantRoutes::create).changing(),
        Route.of("GET", TENANT, Action.SETTINGS_READ, this::find),
        Route.of("DELETE", TENANT, Action.TENANTS_DELETE, tenantRoutes::delete).changing(),
        settings("PUT", "/quota", SettingsBody::quota),
        settings("PUT", "/rate-limit", SettingsBody::rateLimit),
        settings("PUT", "/policy", SettingsBody::policy),
        settings("PUT", "/decision-log", SettingsBody::decisionLog),
        settings("PUT", "/metadata", SettingsBody::metadata),
        settings("POST", ":suspend", call -> suspension(call, true)),
        settings("POST", ":resume", call -> suspension(call, false)),
        Route.of("POST", TENANT + "/quota:reset", Action.SETTINGS_WRITE, this::resetQuota),
        Route.of("GET", TENANT + "/usage", Action.SETTINGS_READ, this::usage).with("from", "to"),
        Route.of("GET", "/api/v1/tenants/{tenantId}/config", Action.SETTINGS_READ, this::find));
  }

  private Route settings(String method, String path, Function<Call, SettingsPatch> body) {
    return Route.of(method, TENANT + path, Action.SETTINGS_WRITE, call -> govern(call, body))
        .changing();
  }

  private Answer govern(Call call, Function<Call, SettingsPatch> body) {
    ChangeResult<Tenant> result = tenants.govern().govern(call.change(), body.apply(call));
    return Results.answer(
        result, accepted -> Answer.json(200, GovernedTenantJson.of(accepted), accepted.revision()));
  }

  private static SettingsPatch suspension(Call call, boolean suspended) {
    call.nothing();
    return new Suspension(suspended);
  }

  private Answer list(Call call) {
    return Answer.json(
        200,
        GovernedTenantJson.ListJson.of(
            tenants
                .list()
                .list(
                    new TenantFilter(call.parameter("name"), call.optionalFlag("suspended")),
                    call.page(PageTokens.BY_AGE)),
            call));
  }

  private Answer.Whole find(Call call) {
    return Results.found(
        tenants.find().find(call.tenant()),
        (state, revision) -> GovernedTenantJson.of(state.tenant(), revision));
  }

  private Answer resetQuota(Call call) {
    call.nothing();
    Results.found(
        tenants.resetQuota().reset(call.tenant(), call.actor(), call.requestId()),
        (tenant, revision) -> Map.of());
    return Answer.empty(204);
  }

  private Answer usage(Call call) {
    Optional<LocalDate> from = day(call, "from");
    Optional<LocalDate> to = day(call, "to");
    if (from.isPresent() && to.isPresent() && from.get().isAfter(to.get())) {
      throw invalid("The day \"from\" must not be after \"to\".");
    }
    return Results.found(
        tenants.usage().find(call.tenant(), from, to), (days, revision) -> UsageJson.of(days));
  }

  private static Optional<LocalDate> day(Call call, String name) {
    return call.parameter(name).map(text -> day(name, text));
  }

  private static LocalDate day(String name, String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw invalid(
          "The query parameter %s must be a day such as 2026-01-31, not %s."
              .formatted(name, Quoted.text(text)));
    }
  }

  private static ProblemException invalid(String message) {
    return new ProblemException(Problem.of(400, "parameter_invalid", message));
  }
}
