package dev.tenet.http.schema;

import dev.tenet.application.change.ChangeRequest;
import dev.tenet.application.change.ChangeResult;
import dev.tenet.application.history.ListHistory;
import dev.tenet.domain.change.Command.DefineSchema.Precondition;
import dev.tenet.domain.identity.Action;
import dev.tenet.domain.schema.SchemaVersion;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.http.routing.Answer;
import dev.tenet.http.routing.Call;
import dev.tenet.http.routing.JsonBody;
import dev.tenet.http.routing.PageTokens;
import dev.tenet.http.routing.Results;
import dev.tenet.http.routing.Route;
import dev.tenet.http.usecase.UseCases;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Defines, activates and reads schemas.
public final class SchemaRoutes {

  private static final String SCHEMA = "/api/v1/tenants/{tenantId}/schema";

  private final UseCases.Schemas schemas;
  private final Limits limits;

  public SchemaRoutes(UseCases.Schemas schemas, Limits limits) {
    this.schemas = schemas;
    this.limits = limits;
  }

  /// {@return the routes}
  public List<Route> routes() {
    return List.of(
        Route.of("POST", SCHEMA, Action.DEFINITIONS_WRITE, this::create)
            .changing()
            .with("strict", "upsert")
            .limit(limits.schemaBytes(), "schema_too_large"),
        Route.of("PUT", SCHEMA, Action.DEFINITIONS_WRITE, this::update)
            .changing()
            .with("strict")
            .limit(limits.schemaBytes(), "schema_too_large"),
        Route.of("GET", SCHEMA, Action.DEFINITIONS_READ, this::findActive),
        Route.of("GET", SCHEMA + "/versions", Action.DEFINITIONS_READ, this::versions).paged(),
        Route.of("GET", SCHEMA + "/versions/{version}", Action.DEFINITIONS_READ, this::findVersion),
        Route.of(
                "POST",
                SCHEMA + "/versions/{version}:activate",
                Action.DEFINITIONS_WRITE,
                this::activate)
            .changing()
            .with("strict"),
        Route.of("GET", SCHEMA + "/changelog", Action.HISTORY_READ, this::changelog).paged());
  }

  /// With `upsert=true` a tenant that has a schema gets a new version of it, otherwise 409.
  private Answer create(Call call) {
    return define(call, call.flag("upsert") ? Precondition.ANY : Precondition.FIRST);
  }

  private Answer update(Call call) {
    return define(call, Precondition.ANY);
  }

  private Answer define(Call call, Precondition when) {
    ChangeRequest request = call.change();
    JsonBody body = call.json(Set.of("definition"));
    body.check();
    var result =
        schemas.define().define(request, body.raw("definition"), when, call.flag("strict"));
    return answer(result, when == Precondition.FIRST ? 201 : 200);
  }

  private Answer activate(Call call) {
    ChangeRequest request = call.change();
    int version = call.id("version", "schema version", SchemaRoutes::version);
    call.nothing();
    return answer(schemas.activate().activate(request, version, call.flag("strict")), 200);
  }

  private static Answer answer(ChangeResult<SchemaVersion> result, int status) {
    return Results.answer(
        result,
        accepted -> Answer.json(status, SchemaJson.ChangedJson.of(accepted), accepted.revision()));
  }

  private Answer findActive(Call call) {
    return Results.found(schemas.find().find(call.tenant(), OptionalInt.empty()), SchemaJson::of);
  }

  private Answer findVersion(Call call) {
    int version = call.id("version", "schema version", SchemaRoutes::version);
    return Results.found(
        schemas.find().find(call.tenant(), OptionalInt.of(version)), SchemaJson::of);
  }

  private Answer versions(Call call) {
    return Results.found(
        schemas.versions().list(call.tenant(), call.page(PageTokens.BY_NUMBER)),
        (page, revision) -> SchemaJson.ListJson.of(page, call));
  }

  private Answer changelog(Call call) {
    return Results.found(
        schemas
            .history()
            .list(call.tenant(), ListHistory.Part.SCHEMA, call.page(PageTokens.BY_NUMBER)),
        (page, revision) -> SchemaJson.ChangelogJson.of(page, call));
  }

  private static Optional<Integer> version(String text) {
    return text.matches("[1-9][0-9]{0,8}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
  }
}
