package dev.tenet.http.access;

import dev.tenet.application.access.AccessRequest;
import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.domain.identity.Action;
import dev.tenet.domain.identity.Principal;
import dev.tenet.domain.identity.Role;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.http.routing.Answer;
import dev.tenet.http.routing.Call;
import dev.tenet.http.routing.JsonBody;
import dev.tenet.http.routing.Route;
import dev.tenet.http.usecase.UseCases;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Explains who may do what, and why.
public final class AccessRoutes {

  private static final Set<String> BODY =
      Set.of("principal", "roles", "principalTenant", "action", "tenant", "method", "path");

  private final UseCases.Access access;

  public AccessRoutes(UseCases.Access access) {
    this.access = access;
  }

  /// {@return the routes}
  public List<Route> routes() {
    return List.of(
        Route.of("POST", "/api/v1/admin/access:explain", Action.ACCESS_EXPLAIN, this::explain));
  }

  private Answer explain(Call call) {
    JsonBody body = call.json(BODY);
    var principal =
        new Principal(
            body.text("principal").orElse(""), tenant(body, "principalTenant"), roles(body));
    Optional<Action> action = action(body);
    Optional<TenantId> tenant = tenant(body, "tenant");
    String method = body.text("method").orElse("");
    String path = body.text("path").orElse("");
    body.check();
    return Answer.json(
        200,
        AccessJson.of(
            access
                .explain()
                .explain(
                    new AccessRequest(principal, action.orElseThrow(), tenant, method, path))));
  }

  private static Set<Role> roles(JsonBody body) {
    Set<Role> roles = new HashSet<>();
    for (String key : body.texts("roles").orElse(List.of())) {
      Role.of(key)
          .ifPresentOrElse(
              roles::add,
              () ->
                  unknown(body, "roles", "role", key, Arrays.stream(Role.values()).map(Role::key)));
    }
    return roles;
  }

  private static Optional<Action> action(JsonBody body) {
    String key = body.text("action").orElse("");
    Optional<Action> found =
        Arrays.stream(Action.values()).filter(action -> action.key().equals(key)).findFirst();
    if (found.isEmpty()) {
      unknown(body, "action", "action", key, Arrays.stream(Action.values()).map(Action::key));
    }
    return found;
  }

  private static void unknown(
      JsonBody body, String member, String what, String key, Stream<String> known) {
    body.report(
        "access_unknown",
        member,
        "There is no %s %s; there are %s."
            .formatted(what, Quoted.text(key), known.collect(Collectors.joining(", "))),
        null);
  }

  private static Optional<TenantId> tenant(JsonBody body, String member) {
    Optional<String> text = body.text(member).filter(given -> !given.isEmpty());
    Optional<TenantId> tenant = text.flatMap(TenantId::parse);
    if (text.isPresent() && tenant.isEmpty()) {
      body.report(
          "access_unknown",
          member,
          "%s is no id of a tenant.".formatted(Quoted.text(text.get())),
          null);
    }
    return tenant;
  }
}
