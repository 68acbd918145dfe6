package dev.tenet.bootstrap.http;

import dev.tenet.application.tenant.TenantStore;
import dev.tenet.bootstrap.wiring.TenetComponent;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.http.TenetHttpServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/// A server with real parts on a free port.
final class TestServer implements AutoCloseable {

  private final TenetHttpServer server;

  private TestServer(TenetHttpServer server) {
    this.server = server;
  }

  static TestServer start(TenantStore store) {
    Limits limits = Limits.DEFAULT;
    TenetComponent component = TenetComponent.of(limits, store, List.of(), List.of());
    return new TestServer(
        TenetHttpServer.start(
            new TenetHttpServer.Settings(
                "127.0.0.1", 0, limits, Duration.ofSeconds(60), Duration.ofSeconds(5)),
            component.useCases(),
            component.health(),
            component.ids()));
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  @Override
  public void close() {
    server.close();
  }
}
