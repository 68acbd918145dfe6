package dev.tenet.http.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenet.application.change.ChangeResult;
import dev.tenet.application.plugin.ActivatePlugin;
import dev.tenet.application.plugin.PluginRelease;
import dev.tenet.application.plugin.PublishPlugin;
import dev.tenet.application.tenant.FindTenant;
import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.domain.diagnostic.Spelling;
import dev.tenet.domain.evaluation.Bytes;
import dev.tenet.domain.identity.Action;
import dev.tenet.domain.plugin.InstalledPlugin.HostCapability;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.http.json.PlainJson;
import dev.tenet.http.json.StrictJson;
import dev.tenet.http.problem.Problem;
import dev.tenet.http.problem.ProblemException;
import dev.tenet.http.routing.Answer;
import dev.tenet.http.routing.Call;
import dev.tenet.http.routing.JsonBody;
import dev.tenet.http.routing.Results;
import dev.tenet.http.routing.Route;
import dev.tenet.http.schema.EffectsJson;
import dev.tenet.http.usecase.UseCases;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Publishes plugins, says which there are, and lets tenants use them.
public final class PluginRoutes {

  private static final String PLUGINS = "/api/v1/plugins";
  private static final String OF_A_TENANT = "/api/v1/tenants/{tenantId}/plugins";
  private static final String ADMINISTERED = "/api/v1/admin/tenants/{tenantId}/plugins/{plugin}";

  /// A module of 1 MiB takes a third more in Base64; a larger one is told how large it may be.
  private static final int LARGEST_PUBLICATION = 8 << 20;

  private static final List<String> CAPABILITIES =
      Arrays.stream(HostCapability.values()).map(PluginRoutes::spelling).toList();

  private final UseCases.Plugins plugins;
  private final FindTenant tenants;

  public PluginRoutes(UseCases.Plugins plugins, FindTenant tenants) {
    this.plugins = plugins;
    this.tenants = tenants;
  }

  /// {@return the routes}
  public List<Route> routes() {
    return List.of(
        Route.of("POST", PLUGINS, Action.PLUGINS_PUBLISH, this::publish)
            .changing()
            .limit(LARGEST_PUBLICATION, "body_too_large"),
        Route.of("GET", PLUGINS, Action.PLUGINS_READ, call -> list(plugins.releases().newest())),
        Route.of("GET", PLUGINS + "/{plugin}", Action.PLUGINS_READ, this::find),
        Route.of("GET", PLUGINS + "/{plugin}/contracts", Action.PLUGINS_READ, this::contracts)
            .with("version"),
        Route.of("GET", OF_A_TENANT, Action.DEFINITIONS_READ, this::ofTenant),
        Route.of(
            "GET",
            "/api/v1/tenants/{tenantId}/contracts",
            Action.DEFINITIONS_READ,
            this::contractsOfTenant),
        Route.of("PUT", ADMINISTERED, Action.SETTINGS_WRITE, this::activate).changing(),
        Route.of("POST", ADMINISTERED + ":rollback", Action.SETTINGS_WRITE, this::rollBack)
            .changing(),
        Route.of("DELETE", ADMINISTERED, Action.SETTINGS_WRITE, this::deactivate).changing());
  }

  private static String spelling(HostCapability capability) {
    return capability.name().toLowerCase(Locale.ROOT);
  }

  private Answer publish(Call call) {
    JsonBody body = call.json(Set.of("manifest", "artefact", "signature"));
    Optional<Bytes> code = base64(body, "artefact");
    Optional<Bytes> signature = base64(body, "signature");
    if (code.isEmpty() && !body.has("artefact")) {
      body.report(
          "artefact_required",
          "artefact",
          "The artefact is required: the WebAssembly module in Base64.",
          null);
    }
    body.check();
    Object manifest = body.raw("manifest");
    String text = manifest instanceof String written ? written : PlainJson.text(manifest);
    var publication =
        new PublishPlugin.Publication(
            manifest instanceof String written ? read(written) : manifest,
            Bytes.of(text.getBytes(UTF_8)),
            code.orElseThrow(),
            signature,
            call.actor(),
            call.requestId(),
            call.dryRun());
    return switch (plugins.publish().publish(publication)) {
      case PublishPlugin.Result.Published(var release) ->
          Answer.json(201, PluginJson.ReleaseJson.of(release))
              .with("Location", PLUGINS + "/" + release.name());
      case PublishPlugin.Result.Invalid(var diagnostics) ->
          throw new ProblemException(Problem.invalid(diagnostics));
      case PublishPlugin.Result.VersionTaken(var name, var version) ->
          throw problem(
              409,
              "plugin_version_taken",
              "Version %s of %s is published already, and what is published never changes; raise the version."
                  .formatted(version, name));
      case PublishPlugin.Result.TooMany(var most) ->
          throw problem(
              409,
              "plugin_version_limit_reached",
              "There are %d versions, as many as there may be.".formatted(most));
      case PublishPlugin.Result.NotApproved() ->
          throw problem(
              403,
              "plugin_not_approved",
              "An internal plugin must be signed by a key that the operator approves; sign it with: tenet plugins push --key FILE.");
      case PublishPlugin.Result.SignatureInvalid() ->
          throw problem(
              403,
              "plugin_signature_invalid",
              "No key that the operator approves has made this signature of this code and this manifest.");
    };
  }

  private static @Nullable Object read(String manifest) {
    try {
      return JsonWithComments.parse(manifest);
    } catch (StrictJson.Malformed e) {
      throw problem(
          400, "manifest_malformed", e.getMessage().replaceFirst("^The body", "The manifest"));
    }
  }

  private static Optional<Bytes> base64(JsonBody body, String name) {
    return body.text(name)
        .flatMap(
            text -> {
              try {
                return Optional.of(Bytes.ofBase64(text));
              } catch (IllegalArgumentException e) {
                body.report("base64_invalid", name, "\"%s\" must be Base64.".formatted(name), null);
                return Optional.empty();
              }
            });
  }

  private static Answer list(List<PluginRelease> releases) {
    return Answer.json(200, PluginJson.ReleasesJson.of(releases));
  }

  private Answer find(Call call) {
    List<PluginRelease> releases = plugins.releases().of(call.path("plugin"));
    if (releases.isEmpty()) {
      throw new ProblemException(Problem.notFound("plugin"));
    }
    return list(releases);
  }

  private Answer ofTenant(Call call) {
    return Results.found(
        tenants.find(call.tenant()),
        (state, revision) ->
            new PluginJson.ListJson(
                state.settings().plugins().values().stream().map(PluginJson::of).toList()));
  }

  private Answer contracts(Call call) {
    return plugins
        .releases()
        .find(call.path("plugin"), call.parameter("version"))
        .map(release -> Answer.json(200, ContractsJson.of(release.read())))
        .orElseThrow(() -> notFound(call.path("plugin"), call.parameter("version")));
  }

  private Answer contractsOfTenant(Call call) {
    return Results.found(
        tenants.find(call.tenant()), (state, revision) -> ContractsJson.OfTenant.of(state));
  }

  private Answer activate(Call call) {
    JsonBody body = call.json(Set.of("version", "functions", "host"));
    Set<HostCapability> host = EnumSet.noneOf(HostCapability.class);
    body.texts("host").orElse(List.of()).forEach(text -> host.add(capability(body, text)));
    Optional<List<String>> functions = body.texts("functions");
    if (functions.isPresent() && functions.get().isEmpty()) {
      body.report(
          "plugin_grant_empty",
          "functions",
          "An empty list grants nothing: name functions as module.function, or leave \"functions\" out for all of them.",
          null);
    }
    var activation =
        new ActivatePlugin.Activation(
            call.path("plugin"), body.text("version"), functions.orElse(List.of()), host);
    body.check();
    return answer(plugins.activate().activate(call.change(), activation), call.path("plugin"));
  }

  private static HostCapability capability(JsonBody body, String text) {
    if (!CAPABILITIES.contains(text)) {
      body.report(
          "capability_unknown",
          "host",
          "The host has nothing called %s; it has %s."
              .formatted(Quoted.text(text), String.join(", ", CAPABILITIES)),
          Spelling.nearest(text, CAPABILITIES).orElse(null));
      return HostCapability.LOG;
    }
    return HostCapability.valueOf(text.toUpperCase(Locale.ROOT));
  }

  private Answer rollBack(Call call) {
    call.nothing();
    return answer(
        plugins.activate().rollBack(call.change(), call.path("plugin")), call.path("plugin"));
  }

  private Answer deactivate(Call call) {
    return Results.answer(
        plugins.activate().deactivate(call.change(), call.path("plugin")),
        accepted -> Answer.empty(204));
  }

  private static Answer answer(ActivatePlugin.Result result, String plugin) {
    return switch (result) {
      case ActivatePlugin.Result.Asked(var change) -> installed(change, plugin);
      case ActivatePlugin.Result.NotFound(var name, var version) -> throw notFound(name, version);
      case ActivatePlugin.Result.NothingBefore(var name, var active) ->
          throw problem(
              404,
              "plugin_not_found",
              (active
                      ? "The tenant has had no other version of %s before; activate one by its version."
                      : "The tenant does not have the plugin %s; activate it first.")
                  .formatted(Quoted.text(name)));
      case ActivatePlugin.Result.FunctionUnknown(var function, var known) ->
          throw problem(
              400,
              "plugin_function_unknown",
              "The plugin has no function %s; it has %s."
                  .formatted(Quoted.text(function), String.join(", ", known)));
    };
  }

  private static ProblemException notFound(String plugin, Optional<String> version) {
    return version
        .map(
            wanted ->
                problem(
                    404,
                    "plugin_not_found",
                    "There is no version %s of a plugin %s."
                        .formatted(Quoted.text(wanted), Quoted.text(plugin))))
        .orElseGet(() -> new ProblemException(Problem.notFound("plugin")));
  }

  /// {@return the plugin, or the script, that the tenant has now}
  static Answer installed(ChangeResult<Tenant> change, String name) {
    return Results.answer(
        change,
        accepted ->
            Answer.json(
                200,
                PluginJson.of(
                    Objects.requireNonNull(accepted.value().settings().plugins().get(name)),
                    EffectsJson.ofOthers(accepted.changes())),
                accepted.revision()));
  }

  static ProblemException problem(int status, String code, String detail) {
    return new ProblemException(Problem.of(status, code, detail));
  }
}
