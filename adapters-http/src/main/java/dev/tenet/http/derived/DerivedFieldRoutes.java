package dev.tenet.http.derived;

import dev.tenet.application.change.ChangeResult;
import dev.tenet.domain.derived.DerivedField;
import dev.tenet.domain.derived.DerivedFieldId;
import dev.tenet.domain.derived.DerivedFieldPatch;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.identity.Action;
import dev.tenet.http.routing.Answer;
import dev.tenet.http.routing.Call;
import dev.tenet.http.routing.JsonBody;
import dev.tenet.http.routing.PageTokens;
import dev.tenet.http.routing.Results;
import dev.tenet.http.routing.Route;
import dev.tenet.http.usecase.UseCases;
import java.util.List;
import java.util.Set;

/// Defines, revises, removes, reads and lists derived fields.
public final class DerivedFieldRoutes {

  private static final String DERIVED = "/api/v1/tenants/{tenantId}/derived";
  private static final Set<String> MEMBERS = Set.of("name", "expression", "description");
  private static final Set<String> GIVEN =
      Set.of("id", "type", "dependencies", "error", "errors", "createdAt", "updatedAt", "revision");

  private final UseCases.DerivedFields fields;

  public DerivedFieldRoutes(UseCases.DerivedFields fields) {
    this.fields = fields;
  }

  /// {@return the routes}
  public List<Route> routes() {
    return List.of(
        Route.of("POST", DERIVED, Action.DEFINITIONS_WRITE, this::define).changing(),
        Route.of("GET", DERIVED, Action.DEFINITIONS_READ, this::list).paged(),
        Route.of("GET", DERIVED + "/{derivedId}", Action.DEFINITIONS_READ, this::find),
        Route.of("PUT", DERIVED + "/{derivedId}", Action.DEFINITIONS_WRITE, this::revise)
            .changing(),
        Route.of("DELETE", DERIVED + "/{derivedId}", Action.DEFINITIONS_WRITE, this::remove)
            .changing());
  }

  private Answer define(Call call) {
    var request = call.change();
    JsonBody body = call.json(MEMBERS);
    DerivedFieldPatch patch = patch(body);
    body.requireNameAndExpression();
    var result =
        fields
            .define()
            .define(
                request,
                patch.name().orElseThrow(),
                patch.expression().orElseThrow(),
                patch.description().orElse(""));
    return Results.answer(
        result,
        accepted ->
            field(accepted, 201)
                .with(
                    "Location",
                    "/api/v1/tenants/" + request.tenant() + "/derived/" + accepted.value().id()));
  }

  private Answer revise(Call call) {
    var request = call.change();
    DerivedFieldId id = call.id("derivedId", "derived field", DerivedFieldId::parse);
    JsonBody body = call.revision(MEMBERS, GIVEN, id);
    DerivedFieldPatch patch = patch(body);
    body.check();
    return Results.answer(
        fields.revise().revise(request, id, patch), accepted -> field(accepted, 200));
  }

  private static Answer.Whole field(ChangeResult.Accepted<DerivedField> accepted, int status) {
    return Answer.json(
        status, DerivedFieldJson.of(accepted.value(), accepted.revision()), accepted.revision());
  }

  private static DerivedFieldPatch patch(JsonBody body) {
    return new DerivedFieldPatch(
        body.text("name"),
        body.text("expression").map(Expression::new),
        body.textOrNull("description"));
  }

  private Answer remove(Call call) {
    var request = call.change();
    DerivedFieldId id = call.id("derivedId", "derived field", DerivedFieldId::parse);
    return Results.answer(fields.remove().remove(request, id), accepted -> Answer.empty(204));
  }

  private Answer find(Call call) {
    DerivedFieldId id = call.id("derivedId", "derived field", DerivedFieldId::parse);
    return Results.found(fields.find().find(call.tenant(), id), DerivedFieldJson::of);
  }

  private Answer list(Call call) {
    return Results.found(
        fields.list().list(call.tenant(), call.page(PageTokens.BY_AGE)),
        (page, revision) -> DerivedFieldJson.ListJson.of(page, call));
  }
}
