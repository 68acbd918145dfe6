package dev.tenet.http.key;

import dev.tenet.application.identity.FindKey;
import dev.tenet.application.identity.IssueKey;
import dev.tenet.application.identity.ListKeys;
import dev.tenet.application.identity.RevokeKey;
import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.domain.diagnostic.Spelling;
import dev.tenet.domain.evaluation.Timestamps;
import dev.tenet.domain.identity.Action;
import dev.tenet.domain.identity.ApiKeyId;
import dev.tenet.domain.identity.Role;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.http.problem.Problem;
import dev.tenet.http.problem.ProblemException;
import dev.tenet.http.routing.Answer;
import dev.tenet.http.routing.Call;
import dev.tenet.http.routing.JsonBody;
import dev.tenet.http.routing.PageTokens;
import dev.tenet.http.routing.Route;
import dev.tenet.http.usecase.UseCases;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// Issues, lists, reads and revokes API keys: those of a tenant, and those of the platform.
public final class KeyRoutes {

  private static final String OF_A_TENANT = "/api/v1/tenants/{tenantId}/keys";
  private static final String OF_THE_PLATFORM = "/api/v1/admin/keys";
  private static final Set<String> MEMBERS = Set.of("name", "roles", "expiresAt");
  private static final List<String> ROLES = Arrays.stream(Role.values()).map(Role::key).toList();

  private final UseCases.Keys keys;

  public KeyRoutes(UseCases.Keys keys) {
    this.keys = keys;
  }

  /// {@return the routes}
  public List<Route> routes() {
    return Stream.of(
            routes(OF_A_TENANT, KeyRoutes::tenant),
            routes(OF_THE_PLATFORM, call -> TenantId.PLATFORM))
        .flatMap(List::stream)
        .toList();
  }

  private List<Route> routes(String path, Function<Call, TenantId> owner) {
    return List.of(
        Route.of("POST", path, Action.KEYS_WRITE, call -> issue(call, owner.apply(call))),
        Route.of("GET", path, Action.KEYS_READ, call -> list(call, owner.apply(call))).paged(),
        Route.of("GET", path + "/{keyId}", Action.KEYS_READ, call -> find(call, owner.apply(call))),
        Route.of(
            "DELETE",
            path + "/{keyId}",
            Action.KEYS_WRITE,
            call -> revoke(call, owner.apply(call))));
  }

  /// The platform is no tenant, though its keys are kept as if it were one.
  private static TenantId tenant(Call call) {
    TenantId tenant = call.tenant();
    if (tenant.equals(TenantId.PLATFORM)) {
      throw new ProblemException(Problem.notFound("tenant"));
    }
    return tenant;
  }

  private Answer issue(Call call, TenantId owner) {
    return switch (keys.issue().issue(owner, draft(call), call.principal())) {
      case IssueKey.Result.Issued(var key, var secret) ->
          Answer.json(201, KeyJson.issued(key, secret))
              .with(
                  "Location",
                  (owner.equals(TenantId.PLATFORM)
                          ? OF_THE_PLATFORM
                          : OF_A_TENANT.replace("{tenantId}", owner.toString()))
                      + "/"
                      + key.id());
      case IssueKey.Result.Rejected(var faults) ->
          throw new ProblemException(Problem.invalid(faults));
      case IssueKey.Result.BeyondIssuer() ->
          throw new ProblemException(
              Problem.of(
                  403, "key_beyond_issuer", "A key may do no more than who issues it may do."));
      case IssueKey.Result.TenantNotFound() ->
          throw new ProblemException(Problem.notFound("tenant"));
      case IssueKey.Result.TooMany() ->
          throw new ProblemException(
              Problem.of(
                  409,
                  "api_key_limit_reached",
                  "There may be %d keys that are not revoked; revoke those that nobody uses."
                      .formatted(IssueKey.MOST_KEYS)));
    };
  }

  private static IssueKey.Draft draft(Call call) {
    JsonBody body = call.json(MEMBERS);
    String name = body.text("name").orElse("");
    Set<Role> roles = EnumSet.noneOf(Role.class);
    body.texts("roles")
        .ifPresent(
            written ->
                written.forEach(
                    key -> Role.of(key).ifPresentOrElse(roles::add, () -> unknown(body, key))));
    Optional<Instant> expiresAt =
        body.text("expiresAt")
            .flatMap(
                text -> {
                  Optional<Instant> moment = Timestamps.parse(text);
                  if (moment.isEmpty()) {
                    body.report(
                        "expires_at_invalid",
                        "expiresAt",
                        "%s is no moment; write it like \"2027-01-31T08:30:00Z\"."
                            .formatted(Quoted.text(text)),
                        null);
                  }
                  return moment;
                })
            .map(moment -> moment.truncatedTo(ChronoUnit.MICROS));
    body.check();
    return new IssueKey.Draft(name, roles, expiresAt, Optional.of(call.requestId()));
  }

  private static void unknown(JsonBody body, String role) {
    body.report(
        "role_unknown",
        "roles",
        "There is no role %s; the roles are %s."
            .formatted(Quoted.text(role), String.join(", ", ROLES)),
        Spelling.nearest(role, ROLES).orElse(null));
  }

  private Answer list(Call call, TenantId owner) {
    return switch (keys.list().list(owner, call.page(PageTokens.BY_AGE), call.principal())) {
      case ListKeys.Result.Listed(var page) -> Answer.json(200, KeyJson.ListJson.of(page, call));
      case ListKeys.Result.TenantNotFound() ->
          throw new ProblemException(Problem.notFound("tenant"));
    };
  }

  private Answer find(Call call, TenantId owner) {
    return switch (keys.find().find(owner, id(call), call.principal())) {
      case FindKey.Result.Found(var key) -> Answer.json(200, KeyJson.of(key));
      case FindKey.Result.NotFound() -> throw new ProblemException(Problem.notFound("api key"));
    };
  }

  private Answer revoke(Call call, TenantId owner) {
    return switch (keys.revoke()
        .revoke(owner, id(call), call.principal(), Optional.of(call.requestId()))) {
      case RevokeKey.Result.Revoked revoked -> Answer.empty(204);
      case RevokeKey.Result.NotFound() -> throw new ProblemException(Problem.notFound("api key"));
    };
  }

  private static ApiKeyId id(Call call) {
    return call.id("keyId", "api key", ApiKeyId::parse);
  }
}
