package dev.tenet.http.problem;

import dev.tenet.application.change.ChangeResult;
import dev.tenet.domain.change.Rejection;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.http.json.StrictJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// What went wrong, before it is written.
///
/// @param code stable and in snake_case; the page of problems explains each
/// @param detail one human sentence
/// @param revision the tenant's revision, where it helps
/// @param headers to send along
public record Problem(
    int status,
    String code,
    String detail,
    List<Diagnostic> diagnostics,
    List<Rejection.Dependant> dependants,
    OptionalLong revision,
    Map<String, String> headers) {

  /// {@return a problem without further parts}
  public static Problem of(int status, String code, String detail) {
    return new Problem(status, code, detail, List.of(), List.of(), OptionalLong.empty(), Map.of());
  }

  /// {@return a bad request with all its faults, named after the first}
  public static Problem invalid(List<Diagnostic> diagnostics) {
    Diagnostic first = diagnostics.getFirst();
    return new Problem(
        400, first.code(), first.message(), diagnostics, List.of(), OptionalLong.empty(), Map.of());
  }

  /// {@return what is wrong with a document that is no JSON}
  public static Problem of(StrictJson.Malformed malformed) {
    return invalid(
        List.of(
            Diagnostic.error(
                malformed.code(),
                new Location.Pointer(malformed.pointer()),
                malformed.getMessage())));
  }

  /// {@return that the store does not answer}
  public static Problem storeUnavailable() {
    return of(503, "store_unavailable", "The store does not answer; try again.").retryAfter(1);
  }

  /// {@return what is not there}
  public static Problem notFound(String what) {
    return what.equals("tenant")
        ? of(404, "tenant_not_found", "tenant not found")
        : of(Rejection.notFound(what));
  }

  /// {@return why a change was refused}
  public static Problem of(Rejection rejection) {
    int status =
        switch (rejection.reason()) {
          case INVALID -> 400;
          case NOT_FOUND -> 404;
          case CONFLICT, LIMIT -> 409;
        };
    return new Problem(
        status,
        rejection.code(),
        rejection.message(),
        rejection.diagnostics(),
        rejection.dependants(),
        OptionalLong.empty(),
        Map.of());
  }

  /// {@return why a change was not made}
  public static Problem of(ChangeResult<?> result) {
    return switch (result) {
      case ChangeResult.Rejected<?>(var rejection) -> of(rejection);
      case ChangeResult.Stale<?>(var revision) -> stale(revision);
      case ChangeResult.TenantNotFound<?>() -> notFound("tenant");
      case ChangeResult.KeyReused<?>() ->
          of(
              422,
              "idempotency_key_reused",
              "An earlier request with this Idempotency-Key asked for something else; use a new key for a new request.");
      case ChangeResult.Contended<?>() ->
          of(
                  503,
                  "tenant_contended",
                  "Too many others change this tenant at the same time; try again.")
              .retryAfter(1);
      case ChangeResult.Moving<?>() ->
          of(
                  503,
                  "tenant_moving",
                  "The tenant is being moved to another database and cannot be changed meanwhile; try again.")
              .retryAfter(1);
      case ChangeResult.Accepted<?> accepted ->
          throw new IllegalArgumentException("an accepted change is no problem");
    };
  }

  private static Problem stale(long revision) {
    return new Problem(
        412,
        "revision_stale",
        "The tenant's definitions have changed since the revision in If-Match; they are at revision %d now. Read them again, then repeat the change."
            .formatted(revision),
        List.of(),
        List.of(),
        OptionalLong.of(revision),
        Map.of("ETag", "\"" + revision + "\""));
  }

  /// {@return this problem, saying when to try again: in whole seconds, at least one}
  public Problem retryAfter(Duration wait) {
    long seconds = wait.plus(Duration.ofSeconds(1).minusNanos(1)).toSeconds();
    return retryAfter(Math.clamp(seconds, 1, Integer.MAX_VALUE));
  }

  /// {@return this problem, saying when to try again}
  public Problem retryAfter(int seconds) {
    return new Problem(
        status,
        code,
        detail,
        diagnostics,
        dependants,
        revision,
        Map.of("Retry-After", Integer.toString(seconds)));
  }
}
