package dev.tenet.http.tenant;

import dev.tenet.application.store.TenantFilter;
import dev.tenet.domain.identity.Action;
import dev.tenet.http.routing.Answer;
import dev.tenet.http.routing.Call;
import dev.tenet.http.routing.JsonBody;
import dev.tenet.http.routing.PageTokens;
import dev.tenet.http.routing.Results;
import dev.tenet.http.routing.Route;
import dev.tenet.http.usecase.UseCases;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Creates, lists, reads, renames and deletes tenants.
public final class TenantRoutes {

  private static final Set<String> NAME = Set.of("name");
  private static final Set<String> GIVEN = Set.of("id", "createdAt", "updatedAt", "revision");

  private final UseCases.Tenants tenants;

  public TenantRoutes(UseCases.Tenants tenants) {
    this.tenants = tenants;
  }

  /// {@return the routes}
  public List<Route> routes() {
    return List.of(
        Route.of("POST", "/api/v1/tenants", Action.TENANTS_CREATE, this::create).changing(),
        Route.of("GET", "/api/v1/tenants", Action.TENANTS_LIST, this::list).paged().with("name"),
        Route.of("GET", "/api/v1/tenants/{tenantId}", Action.TENANT_READ, this::find),
        Route.of("PUT", "/api/v1/tenants/{tenantId}", Action.TENANT_RENAME, this::rename)
            .changing(),
        Route.of("DELETE", "/api/v1/tenants/{tenantId}", Action.TENANTS_DELETE, this::delete)
            .changing());
  }

  Answer create(Call call) {
    JsonBody body = call.json(Set.of("name", "database"));
    Optional<String> database = body.text("database");
    String name = name(body);
    var result =
        tenants
            .create()
            .create(
                name,
                database,
                call.dryRun(),
                call.requestKey(),
                call.actor(),
                Optional.of(call.requestId()));
    return Results.answer(
        result,
        accepted ->
            Answer.json(
                    201, TenantJson.of(accepted.value(), accepted.revision()), accepted.revision())
                .with("Location", "/api/v1/tenants/" + accepted.value().id()));
  }

  private static String name(JsonBody body) {
    String name = body.text("name").orElse("");
    body.check();
    return name;
  }

  private Answer list(Call call) {
    return Answer.json(
        200,
        TenantJson.ListJson.of(
            tenants
                .list()
                .list(
                    new TenantFilter(call.parameter("name"), Optional.empty()),
                    call.page(PageTokens.BY_AGE)),
            call));
  }

  private Answer.Whole find(Call call) {
    return Results.found(
        tenants.find().find(call.tenant()),
        (state, revision) -> TenantJson.of(state.tenant(), revision));
  }

  private Answer rename(Call call) {
    var request = call.change();
    String name = name(call.revision(NAME, GIVEN, request.tenant()));
    return Results.answer(
        tenants.rename().rename(request, name),
        accepted ->
            Answer.json(
                200, TenantJson.of(accepted.value(), accepted.revision()), accepted.revision()));
  }

  Answer delete(Call call) {
    return Results.answer(tenants.delete().delete(call.change()), accepted -> Answer.empty(204));
  }
}
