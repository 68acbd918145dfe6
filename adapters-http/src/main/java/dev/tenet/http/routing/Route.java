package dev.tenet.http.routing;

import dev.tenet.domain.identity.Action;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// One operation of the interface.
///
/// @param method such as `GET`
/// @param path with parameters in braces, such as `/api/v1/tenants/{tenantId}`
/// @param action what one must be permitted to do; empty when the route is open to everybody
/// @param parameters the query parameters that it knows
/// @param limit the largest body
public record Route(
    String method,
    String path,
    Optional<Action> action,
    Set<String> parameters,
    BodyLimit limit,
    Handler handler) {

  private static final String TENANT = "{tenantId}";

  /// How large a body may be.
  ///
  /// @param bytes the most bytes
  /// @param code of the problem when there are more
  public record BodyLimit(int bytes, String code) {}

  /// Answers calls.
  @FunctionalInterface
  public interface Handler {
    /// {@return the answer}
    ///
    /// @throws dev.tenet.http.problem.ProblemException for everything that goes wrong
    Answer answer(Call call);
  }

  static final BodyLimit ORDINARY = new BodyLimit(1 << 20, "body_too_large");

  /// {@return a route without query parameters for those who may do `action`}
  public static Route of(String method, String path, Action action, Handler handler) {
    return new Route(method, path, Optional.of(action), Set.of(), ORDINARY, handler);
  }

  /// {@return a route without query parameters that is open to everybody}
  public static Route open(String method, String path, Handler handler) {
    return new Route(method, path, Optional.empty(), Set.of(), ORDINARY, handler);
  }

  /// {@return whether the path names the tenant}
  public boolean namesTenant() {
    return path.contains(TENANT);
  }

  /// {@return whether the handler charges the tenant, for only it knows what the request costs}
  public boolean charges() {
    return action.filter(Action.FACTS_EVALUATE::equals).isPresent();
  }

  /// {@return this route with further query parameters}
  public Route with(String... more) {
    Set<String> all = new TreeSet<>(parameters);
    all.addAll(Set.of(more));
    return new Route(method, path, action, all, limit, handler);
  }

  /// {@return this route with another limit of the body}
  public Route limit(int bytes, String code) {
    return new Route(method, path, action, parameters, new BodyLimit(bytes, code), handler);
  }

  /// {@return this route as one that changes a tenant: with dry runs}
  public Route changing() {
    return with("dryRun");
  }

  /// {@return this route as one that lists page by page}
  public Route paged() {
    return with("pageSize", "pageToken");
  }
}
