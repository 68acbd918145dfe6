package dev.tenet.http.rule;

import dev.tenet.application.change.ChangeResult;
import dev.tenet.application.evaluation.RuleCompiler.Check;
import dev.tenet.application.rule.AddRule;
import dev.tenet.application.rule.ListRules;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.identity.Action;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.rule.RulePatch;
import dev.tenet.http.routing.Answer;
import dev.tenet.http.routing.Call;
import dev.tenet.http.routing.JsonBody;
import dev.tenet.http.routing.PageTokens;
import dev.tenet.http.routing.Results;
import dev.tenet.http.routing.Route;
import dev.tenet.http.usecase.UseCases;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Adds, revises, removes, reads and lists rules.
public final class RuleRoutes {

  private static final String RULES = "/api/v1/tenants/{tenantId}/rules";
  private static final Set<String> MEMBERS =
      Set.of("name", "expression", "description", "then", "tags", "enabled", "active");
  private static final Set<String> GIVEN =
      Set.of("id", "error", "errors", "cost", "warnings", "createdAt", "updatedAt", "revision");

  private final UseCases.Rules rules;

  public RuleRoutes(UseCases.Rules rules) {
    this.rules = rules;
  }

  /// {@return the routes}
  public List<Route> routes() {
    return List.of(
        Route.of("POST", RULES, Action.DEFINITIONS_WRITE, this::add).changing(),
        Route.of("GET", RULES, Action.DEFINITIONS_READ, this::list)
            .paged()
            .with("name", "enabled", "active", "tag"),
        Route.of("GET", RULES + "/{ruleId}", Action.DEFINITIONS_READ, this::find),
        Route.of("PUT", RULES + "/{ruleId}", Action.DEFINITIONS_WRITE, this::revise).changing(),
        Route.of("DELETE", RULES + "/{ruleId}", Action.DEFINITIONS_WRITE, this::remove).changing());
  }

  private Answer add(Call call) {
    var request = call.change();
    JsonBody body = call.json(MEMBERS);
    RulePatch patch = patch(body);
    patch.contradiction(Optional.empty()).ifPresent(body::report);
    body.requireNameAndExpression();
    var draft =
        new AddRule.Draft(
            patch.name().orElseThrow(),
            patch.description().orElse(""),
            patch.expression().orElseThrow(),
            patch.then().orElse(Map.of()),
            patch.tags().orElseGet(TreeSet::new),
            patch.wanted(Optional.empty()).orElse(true));
    ChangeResult<Rule> result = rules.add().add(request, draft);
    return Results.answer(
        result,
        accepted ->
            rule(accepted, 201)
                .with(
                    "Location",
                    "/api/v1/tenants/" + request.tenant() + "/rules/" + accepted.value().id()));
  }

  private Answer revise(Call call) {
    var request = call.change();
    RuleId id = call.id("ruleId", "rule", RuleId::parse);
    JsonBody body = call.revision(MEMBERS, GIVEN, id);
    RulePatch patch = patch(body);
    body.check();
    return Results.answer(
        rules.revise().revise(request, id, patch), accepted -> rule(accepted, 200));
  }

  private static Answer.Whole rule(ChangeResult.Accepted<Rule> accepted, int status) {
    Rule rule = accepted.value();
    Check condition =
        accepted.ruleSet().map(ruleSet -> ruleSet.check(rule.expression())).orElse(Check.NOTHING);
    return Answer.json(
        status, RuleJson.of(rule, condition, accepted.revision()), accepted.revision());
  }

  /// A missing member keeps what is there; null empties a description, outputs or tags.
  private static RulePatch patch(JsonBody body) {
    return new RulePatch(
        body.text("name"),
        body.textOrNull("description"),
        body.text("expression").map(Expression::new),
        isNull(body, "then") ? Optional.of(Map.of()) : outputs(body),
        isNull(body, "tags") ? Optional.of(new TreeSet<>()) : tags(body),
        body.flag("enabled"),
        body.flag("active"));
  }

  private static boolean isNull(JsonBody body, String name) {
    return body.has(name) && body.raw(name) == null;
  }

  private static Optional<Map<String, Expression>> outputs(JsonBody body) {
    return body.textByName("then")
        .map(
            texts -> {
              Map<String, Expression> outputs = new LinkedHashMap<>();
              texts.forEach((name, text) -> outputs.put(name, new Expression(text)));
              return outputs;
            });
  }

  private static Optional<NavigableSet<String>> tags(JsonBody body) {
    return body.texts("tags").map(TreeSet::new);
  }

  private Answer remove(Call call) {
    var request = call.change();
    RuleId id = call.id("ruleId", "rule", RuleId::parse);
    return Results.answer(rules.remove().remove(request, id), accepted -> Answer.empty(204));
  }

  private Answer find(Call call) {
    RuleId id = call.id("ruleId", "rule", RuleId::parse);
    return Results.found(rules.find().find(call.tenant(), id), RuleJson::of);
  }

  private Answer list(Call call) {
    var filter =
        new ListRules.Filter(
            call.parameter("name"),
            call.optionalFlag("enabled"),
            call.optionalFlag("active"),
            call.parameter("tag"));
    return Results.found(
        rules.list().list(call.tenant(), filter, call.page(PageTokens.BY_AGE)),
        (page, revision) -> RuleJson.ListJson.of(page, call));
  }
}
