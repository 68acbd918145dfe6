package dev.tenet.bootstrap.http;

import dev.tenet.application.store.Placement;
import dev.tenet.application.store.TenantStore;
import dev.tenet.bootstrap.telemetry.Telemetry;
import dev.tenet.bootstrap.telemetry.TestTelemetry;
import dev.tenet.bootstrap.wiring.ExtensionParts;
import dev.tenet.bootstrap.wiring.Identity;
import dev.tenet.bootstrap.wiring.Parts;
import dev.tenet.bootstrap.wiring.TenetComponent;
import dev.tenet.http.TenetHttpServer;
import dev.tenet.http.identity.TokenSettings;
import dev.tenet.spi.DecisionListener;
import dev.tenet.spi.StoreProvider.OpenStore;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A server with real parts on a free port.
final class TestServer implements AutoCloseable {

  private final TenetComponent component;
  private final TenetHttpServer server;
  private final Telemetry telemetry;

  private TestServer(TenetComponent component, TenetHttpServer server, Telemetry telemetry) {
    this.telemetry = telemetry;
    this.component = component;
    this.server = server;
  }

  static TestServer start(TenantStore store) {
    return start(store, Optional.empty());
  }

  /// {@return a server over all that a store keeps}
  static TestServer start(OpenStore store) {
    return start(Parts.of(store));
  }

  static TestServer start(TenantStore store, Optional<Placement> placement) {
    return start(
        store,
        placement,
        TenetHttpServer.Settings.usualEvaluations(),
        Duration.ofSeconds(60),
        List.of());
  }

  /// @param evaluations how many may be under way
  /// @param requestTimeout the longest a request may take to arrive, and its answer to be taken
  static TestServer start(
      TenantStore store,
      Optional<Placement> placement,
      int evaluations,
      Duration requestTimeout,
      List<DecisionListener> listeners) {
    return start(
        Parts.of(placed(store, placement)).with(ExtensionParts.NONE.withListeners(listeners)),
        evaluations,
        requestTimeout);
  }

  /// {@return a server that asks everybody who they are}
  static TestServer startAsking(OpenStore store, Optional<TokenSettings> tokens) {
    return start(Parts.of(store).with(Identity.required(tokens)));
  }

  static TestServer start(Parts parts) {
    return start(parts, TenetHttpServer.Settings.usualEvaluations(), Duration.ofSeconds(60));
  }

  private static TestServer start(Parts parts, int evaluations, Duration requestTimeout) {
    Telemetry telemetry = TestTelemetry.create();
    TenetComponent component =
        TenetComponent.of(
            parts.with(
                parts
                    .extensions()
                    .withListeners(telemetry.listeners(parts.extensions().listeners()))));
    telemetry.watch(component.ruleSets());
    telemetry.watch(component.decisionBuffer());
    telemetry.watch(component.governanceObservers(), component.changeObservers());
    return new TestServer(
        component,
        TenetHttpServer.start(
            new TenetHttpServer.Settings(
                "127.0.0.1", 0, parts.limits(), evaluations, requestTimeout, Duration.ofSeconds(5)),
            component.useCases(),
            component.health(),
            component.ids(),
            component.gate(),
            telemetry),
        telemetry);
  }

  /// Says that it is about to end.
  void announceEnd() {
    server.announceEnd();
  }

  private static OpenStore placed(TenantStore store, Optional<Placement> placement) {
    return new OpenStore() {
      @Override
      public TenantStore tenants() {
        return store;
      }

      @Override
      public Optional<Placement> placement() {
        return placement;
      }

      @Override
      public void close() {}
    };
  }

  Telemetry telemetry() {
    return telemetry;
  }

  TenetComponent component() {
    return component;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  @Override
  public void close() {
    server.close();
    component.decisionBuffer().close();
    component.guests().close();
    component.authenticator().close();
    telemetry.close();
  }
}
