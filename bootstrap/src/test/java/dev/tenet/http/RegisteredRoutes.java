package dev.tenet.http;

import dev.tenet.domain.tenant.Limits;
import dev.tenet.http.observability.Observability;
import dev.tenet.http.usecase.UseCases;
import java.util.Set;
import java.util.TreeSet;

/// Opens the list of routes to tests of the wired server.
public final class RegisteredRoutes {

  private RegisteredRoutes() {}

  /// {@return the operations that the server has, such as `GET /health`}
  public static Set<String> of(
      UseCases useCases,
      TenetHttpServer.Health health,
      Limits limits,
      Observability observability) {
    Set<String> operations = new TreeSet<>();
    TenetHttpServer.routes(useCases, health, limits, 1, observability, () -> false)
        .forEach(route -> operations.add(route.method() + " " + route.path()));
    return operations;
  }
}
