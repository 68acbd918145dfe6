package dev.tenet.http.plugin;

import dev.tenet.application.plugin.InvocationFault;
import dev.tenet.application.plugin.InvokeFunction;
import dev.tenet.application.plugin.PublishScript;
import dev.tenet.application.plugin.Script;
import dev.tenet.application.plugin.TryScript;
import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.domain.identity.Action;
import dev.tenet.domain.plugin.FunctionName;
import dev.tenet.domain.plugin.InstalledPlugin;
import dev.tenet.http.problem.Problem;
import dev.tenet.http.problem.ProblemException;
import dev.tenet.http.routing.Answer;
import dev.tenet.http.routing.Call;
import dev.tenet.http.routing.JsonBody;
import dev.tenet.http.routing.Results;
import dev.tenet.http.routing.Route;
import dev.tenet.http.usecase.UseCases;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A tenant's scripts, and calls of functions without a rule.
public final class ScriptRoutes {

  private static final String SCRIPT = "/api/v1/tenants/{tenantId}/scripts/{script}";
  private static final Set<String> MEMBERS = Set.of("source", "functions", "calls");
  private static final Set<String> TRIAL_MEMBERS =
      Set.of("source", "functions", "calls", "function", "payload");

  private final UseCases.Plugins plugins;

  public ScriptRoutes(UseCases.Plugins plugins) {
    this.plugins = plugins;
  }

  /// {@return the routes}
  public List<Route> routes() {
    return List.of(
        Route.of("PUT", SCRIPT, Action.DEFINITIONS_WRITE, this::publish).changing(),
        Route.of("GET", SCRIPT, Action.DEFINITIONS_READ, this::find).with("version"),
        Route.of("DELETE", SCRIPT, Action.DEFINITIONS_WRITE, this::remove).changing(),
        Route.of("POST", SCRIPT + ":try", Action.EXPRESSIONS_CHECK, this::tryOut),
        Route.of(
            "POST",
            "/api/v1/tenants/{tenantId}/invoke/{function}",
            Action.FUNCTIONS_INVOKE,
            this::invoke));
  }

  private Answer publish(Call call) {
    JsonBody body = call.json(MEMBERS);
    Script script = script(call, body);
    body.check();
    return switch (plugins.scripts().publish(call.change(), script)) {
      case PublishScript.Result.Asked(var change) ->
          PluginRoutes.installed(change, InstalledPlugin.ofScript(script.name()));
      case PublishScript.Result.Invalid(var diagnostics) ->
          throw new ProblemException(Problem.invalid(diagnostics));
      case PublishScript.Result.TooMany(var most, var inAll) ->
          throw PluginRoutes.problem(
              409,
              "script_version_limit_reached",
              (inAll
                      ? "The tenant has published %d versions of scripts, as many as it may, those of removed scripts included."
                      : "The script has %d versions, as many as it may; publish under another name.")
                  .formatted(most));
    };
  }

  private static Script script(Call call, JsonBody body) {
    return new Script(
        call.path("script"),
        body.text("source").orElse(""),
        body.raw("functions"),
        body.texts("calls").orElse(List.of()));
  }

  private Answer find(Call call) {
    return Results.found(
        plugins.script().find(call.tenant(), call.path("script"), call.parameter("version")),
        (script, revision) -> ScriptJson.of(call.path("script"), script));
  }

  private Answer remove(Call call) {
    return Results.answer(
        plugins.scripts().remove(call.change(), call.path("script")),
        accepted -> Answer.empty(204));
  }

  private Answer tryOut(Call call) {
    JsonBody body = call.json(TRIAL_MEMBERS);
    Script script = script(call, body);
    String function = body.text("function").orElse("");
    Map<String, ?> payload = body.object("payload").orElse(Map.of());
    body.check();
    return switch (plugins.trial().tryOut(call.tenant(), script, function, payload)) {
      case TryScript.Result.Answered(var result) -> result(result);
      case TryScript.Result.Failed(var fault) -> throw problem(fault);
      case TryScript.Result.Invalid(var diagnostics) ->
          throw new ProblemException(Problem.invalid(diagnostics));
      case TryScript.Result.TenantNotFound() ->
          throw new ProblemException(Problem.notFound("tenant"));
    };
  }

  private Answer invoke(Call call) {
    FunctionName function =
        FunctionName.of(call.path("function"))
            .orElseThrow(
                () ->
                    PluginRoutes.problem(
                        404,
                        "function_not_found",
                        "%s is no name of a function; write it as plugin.module.function, that of a script as script.name.function."
                            .formatted(Quoted.text(call.path("function")))));
    JsonBody body = call.json(Set.of("payload"));
    Map<String, ?> payload = body.object("payload").orElse(Map.of());
    body.check();
    return switch (plugins.invoke().invoke(call.tenant(), function, payload)) {
      case InvokeFunction.Result.Answered(var result) -> result(result);
      case InvokeFunction.Result.Failed(var fault) -> throw problem(fault);
      case InvokeFunction.Result.TenantNotFound() ->
          throw new ProblemException(Problem.notFound("tenant"));
    };
  }

  private static Answer result(@Nullable Object result) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("result", result);
    return Answer.json(200, json);
  }

  private static ProblemException problem(InvocationFault fault) {
    int status =
        switch (fault.kind()) {
          case NOT_FOUND -> 404;
          case INVALID_INPUT -> 400;
          case FAILED -> 422;
          case TIMEOUT -> 504;
          case BUSY -> 503;
          case QUOTA -> 429;
        };
    Problem problem =
        new Problem(
            status,
            fault.code(),
            String.valueOf(fault.getMessage()),
            fault.diagnostics(),
            List.of(),
            OptionalLong.empty(),
            Map.of());
    return new ProblemException(
        fault.retryAfter().isZero() ? problem : problem.retryAfter(fault.retryAfter()));
  }
}
