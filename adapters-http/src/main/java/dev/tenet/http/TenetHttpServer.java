package dev.tenet.http;

import dev.tenet.application.identity.IdSource;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.http.access.AccessRoutes;
import dev.tenet.http.audit.AuditRoutes;
import dev.tenet.http.decision.DecisionRoutes;
import dev.tenet.http.derived.DerivedFieldRoutes;
import dev.tenet.http.documentation.DocumentationRoutes;
import dev.tenet.http.documentation.StoreHealth;
import dev.tenet.http.evaluation.EvaluationRoutes;
import dev.tenet.http.history.HistoryRoutes;
import dev.tenet.http.key.KeyRoutes;
import dev.tenet.http.observability.Observability;
import dev.tenet.http.observability.ObservabilityRoutes;
import dev.tenet.http.plugin.PluginRoutes;
import dev.tenet.http.plugin.ScriptRoutes;
import dev.tenet.http.routing.Gate;
import dev.tenet.http.routing.Route;
import dev.tenet.http.routing.Router;
import dev.tenet.http.rule.RuleRoutes;
import dev.tenet.http.schema.SchemaRoutes;
import dev.tenet.http.tenant.GovernanceRoutes;
import dev.tenet.http.tenant.TenantRoutes;
import dev.tenet.http.usecase.UseCases;
import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// A running HTTP server.
public final class TenetHttpServer implements AutoCloseable {

  private static final int MOST_CONNECTIONS = 10_000;
  private static final int EVALUATIONS_OF_A_PROCESSOR = 64;

  /// How to serve.
  ///
  /// @param host the address to listen on, such as `127.0.0.1`
  /// @param port the port to listen on; 0 for any free one
  /// @param limits what one tenant may use
  /// @param evaluations how many evaluations may be under way; more are answered 503
  /// @param requestTimeout the longest a whole request may take to arrive, its answer, or a megabyte of a larger one, to
  ///     be taken, and the next one to begin
  /// @param shutdownGrace how long requests in flight may go on when the server closes
  public record Settings(
      String host,
      int port,
      Limits limits,
      int evaluations,
      Duration requestTimeout,
      Duration shutdownGrace) {

    /// {@return how many evaluations may be under way unless said: so many that the last one waits for seconds when each
    /// takes a tenth of one}
    public static int usualEvaluations() {
      return EVALUATIONS_OF_A_PROCESSOR * Runtime.getRuntime().availableProcessors();
    }
  }

  /// What health is made of.
  ///
  /// @param store how the store is
  /// @param tenantsLoaded how many tenants have a rule set in memory
  public record Health(Supplier<StoreHealth> store, IntSupplier tenantsLoaded) {}

  private final WebServer server;
  private final Router router;
  private final AtomicBoolean stopping;

  private TenetHttpServer(WebServer server, Router router, AtomicBoolean stopping) {
    this.server = server;
    this.router = router;
    this.stopping = stopping;
  }

  /// Starts a server.
  ///
  /// @param ids names requests that come without a name
  /// @param gate lets requests in
  /// @param observability is told of requests, and answers for metrics and logging
  /// @throws java.io.UncheckedIOException when the port is taken or may not be listened on
  public static TenetHttpServer start(
      Settings settings,
      UseCases useCases,
      Health health,
      IdSource ids,
      Gate gate,
      Observability observability) {
    var stopping = new AtomicBoolean();
    var router =
        new Router(
            routes(
                useCases,
                health,
                settings.limits(),
                settings.evaluations(),
                observability,
                stopping::get),
            settings.requestTimeout(),
            ids,
            gate,
            observability.requests());
    var routing = HttpRouting.builder();
    router.register(routing);
    WebServer server =
        WebServer.builder()
            .host(settings.host())
            .port(settings.port())
            // With a choice Helidon itself reads what tells protocols apart, for as long as that
            // takes.
            .protocolsDiscoverServices(false)
            .addConnectionSelector(router.connections())
            .routing(routing)
            .directHandlers(router.directHandlers())
            .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
            .maxTcpConnections(MOST_CONNECTIONS)
            .shutdownGracePeriod(settings.shutdownGrace())
            .shutdownHook(false)
            .build();
    requireFree(settings);
    server.start();
    if (!server.isRunning()) {
      throw new UncheckedIOException(
          new BindException(
              "%s:%d cannot be listened on".formatted(settings.host(), settings.port())));
    }
    return new TenetHttpServer(server, router, stopping);
  }

  /// Helidon logs that the port is taken, and goes on.
  private static void requireFree(Settings settings) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(settings.host()), settings.port()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Route> routes(
      UseCases useCases,
      Health health,
      Limits limits,
      int evaluations,
      Observability observability,
      BooleanSupplier stopping) {
    return Stream.of(
            new EvaluationRoutes(useCases.evaluation(), limits, evaluations).routes(),
            new TenantRoutes(useCases.tenants()).routes(),
            new SchemaRoutes(useCases.schemas(), limits).routes(),
            new DerivedFieldRoutes(useCases.derivedFields()).routes(),
            new RuleRoutes(useCases.rules()).routes(),
            new DecisionRoutes(useCases.decisions()).routes(),
            new GovernanceRoutes(useCases.tenants()).routes(),
            new AccessRoutes(useCases.access()).routes(),
            new AuditRoutes(useCases.audit()).routes(),
            new HistoryRoutes(useCases.tenants().history()).routes(),
            new KeyRoutes(useCases.keys()).routes(),
            new PluginRoutes(useCases.plugins(), useCases.tenants().find()).routes(),
            new ScriptRoutes(useCases.plugins()).routes(),
            new DocumentationRoutes(health.store(), health.tenantsLoaded(), stopping).routes(),
            new ObservabilityRoutes(observability, useCases.audit().recordLoggingChange()).routes())
        .flatMap(List::stream)
        .toList();
  }

  /// {@return the port it listens on}
  public int port() {
    return server.port();
  }

  /// Says from now on that no more requests should be sent, and goes on answering them.
  public void announceEnd() {
    stopping.set(true);
  }

  /// Stops taking requests, lets those in flight finish within the grace, and stops.
  @Override
  public void close() {
    announceEnd();
    server.stop();
    router.close();
  }
}
