package dev.tenet.bootstrap.telemetry;

import dev.tenet.http.routing.ServedRequest;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// Counts requests by route, method and class of status. Routes are those of the interface, and methods those of HTTP,
/// whatever clients write.
final class RouteMeters {

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");
  private static final String UNKNOWN = "other";
  private static final String NOWHERE = "unmatched";

  private final MeterRegistry registry;
  private final String name;
  private final Map<String, Map<String, AtomicReferenceArray<Counter>>> byRoute =
      new ConcurrentHashMap<>();

  RouteMeters(MeterRegistry registry, String prefix) {
    this.registry = registry;
    this.name = prefix + ".http.requests";
  }

  void answered(ServedRequest request) {
    String method = METHODS.contains(request.method()) ? request.method() : UNKNOWN;
    AtomicReferenceArray<Counter> byStatus =
        byRoute
            .computeIfAbsent(request.route(), route -> new ConcurrentHashMap<>())
            .computeIfAbsent(method, m -> new AtomicReferenceArray<>(StatusClass.ALL.size()));
    int status = StatusClass.of(request.status());
    Counter counter = byStatus.get(status);
    if (counter == null) {
      counter =
          Counter.builder(name)
              .description("Answered requests of any kind, health and metrics included.")
              .tags(
                  "route",
                  request.route().isEmpty() ? NOWHERE : request.route(),
                  "method",
                  method,
                  "status",
                  StatusClass.ALL.get(status))
              .register(registry);
      byStatus.set(status, counter);
    }
    counter.increment();
  }
}
