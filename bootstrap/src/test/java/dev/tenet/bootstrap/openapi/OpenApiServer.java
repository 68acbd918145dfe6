package dev.tenet.bootstrap.openapi;

import dev.tenet.application.access.FoundPlatform;
import dev.tenet.application.audit.AuditLog;
import dev.tenet.application.identity.ApiKeyStore;
import dev.tenet.application.identity.IssueKey;
import dev.tenet.application.plugin.ArtefactStore;
import dev.tenet.application.plugin.Guests;
import dev.tenet.application.plugin.PluginCatalogue;
import dev.tenet.application.plugin.PluginRelease;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.application.store.TenantStore;
import dev.tenet.bootstrap.telemetry.Telemetry;
import dev.tenet.bootstrap.telemetry.TestTelemetry;
import dev.tenet.bootstrap.wiring.Parts;
import dev.tenet.bootstrap.wiring.TenetComponent;
import dev.tenet.domain.identity.Principal;
import dev.tenet.domain.identity.Role;
import dev.tenet.domain.plugin.InstalledPlugin;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.http.RegisteredRoutes;
import dev.tenet.http.TenetHttpServer;
import dev.tenet.http.documentation.StoreHealth;
import dev.tenet.inmemory.InMemoryApiKeyStore;
import dev.tenet.inmemory.InMemoryArtefactStore;
import dev.tenet.inmemory.InMemoryAuditLog;
import dev.tenet.inmemory.InMemoryPluginCatalogue;
import dev.tenet.inmemory.InMemoryTenantStore;
import dev.tenet.spi.StoreProvider.OpenStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/// A whole server on a free port, over a store in memory that can be made to fail.
final class OpenApiServer implements AutoCloseable {

  static final Limits LIMITS = Limits.DEFAULT;

  /// Kept, so that their levels are; outages are meant here.
  private static final List<Logger> QUIET =
      List.of(Logger.getLogger("dev.tenet.http"), Logger.getLogger("io.helidon"));

  private final TenetHttpServer server;
  private final Telemetry telemetry;
  private final Set<String> routes;
  private final FoundPlatform foundPlatform;
  private final IssueKey issueKey;
  private final PluginCatalogue catalogue = new InMemoryPluginCatalogue();
  private final Guests guests;
  private volatile boolean storeDown;

  private OpenApiServer(Limits limits, Duration requestTimeout) {
    QUIET.forEach(logger -> logger.setLevel(Level.SEVERE));
    telemetry = TestTelemetry.create();
    var audit = new InMemoryAuditLog();
    TenetComponent component =
        TenetComponent.of(
            Parts.of(
                    storing(
                        interruptible(TenantStore.class, new InMemoryTenantStore(audit)),
                        interruptible(AuditLog.class, audit),
                        interruptible(ApiKeyStore.class, new InMemoryApiKeyStore()),
                        interruptible(PluginCatalogue.class, catalogue),
                        interruptible(
                            ArtefactStore.class,
                            new InMemoryArtefactStore(InstantSource.system()))))
                .with(limits));
    foundPlatform = component.foundPlatform();
    issueKey = component.useCases().keys().issue();
    guests = component.guests();
    var health =
        new TenetHttpServer.Health(
            () ->
                storeDown
                    ? new StoreHealth.Away(Duration.ofSeconds(12))
                    : new StoreHealth.Available(),
            component.health().tenantsLoaded());
    var settings =
        new TenetHttpServer.Settings(
            "127.0.0.1",
            0,
            limits,
            TenetHttpServer.Settings.usualEvaluations(),
            requestTimeout,
            Duration.ZERO);
    server =
        TenetHttpServer.start(
            settings, component.useCases(), health, component.ids(), component.gate(), telemetry);
    routes = RegisteredRoutes.of(component.useCases(), health, limits, telemetry);
  }

  private static OpenStore storing(
      TenantStore tenants,
      AuditLog audit,
      ApiKeyStore keys,
      PluginCatalogue plugins,
      ArtefactStore artefacts) {
    return new OpenStore() {
      @Override
      public TenantStore tenants() {
        return tenants;
      }

      @Override
      public Optional<AuditLog> audit() {
        return Optional.of(audit);
      }

      @Override
      public Optional<ApiKeyStore> apiKeys() {
        return Optional.of(keys);
      }

      @Override
      public Optional<PluginCatalogue> plugins() {
        return Optional.of(plugins);
      }

      @Override
      public Optional<ArtefactStore> artefacts() {
        return Optional.of(artefacts);
      }

      @Override
      public void close() {}
    };
  }

  static OpenApiServer start() {
    return new OpenApiServer(LIMITS, Duration.ofSeconds(30));
  }

  /// {@return a server for which no body ever arrives in time}
  static OpenApiServer startImpatient() {
    return new OpenApiServer(LIMITS, Duration.ofNanos(1));
  }

  /// {@return a server whose tenants may have no more than one rule and one derived field}
  static OpenApiServer startSmall() {
    return new OpenApiServer(
        new Limits(
            1, 1, 1 << 20, 10_000, 64, 5_000, 3, 1 << 20, 2, 1_000_000, LIMITS.evaluationTime()),
        Duration.ofSeconds(30));
  }

  /// {@return the operations that the server has, such as `GET /health`}
  Set<String> routes() {
    return routes;
  }

  int port() {
    return server.port();
  }

  WireAnswer send(WireRequest request) {
    return request.send(port());
  }

  /// Lets the store fail, or answer again.
  void storeDown(boolean down) {
    storeDown = down;
  }

  /// Makes the platform's own tenant, as a server does that asks who sends requests.
  void foundPlatform() {
    foundPlatform.found();
  }

  /// Issues keys until the owner may have no more.
  void issueAllKeys(TenantId owner) {
    var draft = new IssueKey.Draft("key", Set.of(Role.EVALUATOR), Optional.empty());
    while (issueKey.issue(owner, draft, Principal.ANYBODY) instanceof IssueKey.Result.Issued) {
      // one more
    }
  }

  /// Publishes versions of a plugin until there may be no more.
  ///
  /// @param name that of the plugin, or `script.` and that of the script
  void publishAllVersions(TenantId owner, String name) {
    PluginRelease first = catalogue.releases(owner, name).getFirst();
    int number = 1;
    PluginCatalogue.Added added;
    do {
      String version = InstalledPlugin.isScript(name) ? "" + ++number : "3.0." + ++number;
      added =
          catalogue.add(
              owner,
              new PluginRelease(
                  name,
                  version,
                  first.manifest(),
                  first.artefact(),
                  first.size(),
                  first.publishedAt(),
                  first.publishedBy(),
                  Optional.empty()),
              1_000);
    } while (added != PluginCatalogue.Added.TOO_MANY);
  }

  private <T> T interruptible(Class<T> port, T store) {
    return port.cast(
        Proxy.newProxyInstance(
            OpenApiServer.class.getClassLoader(),
            new Class<?>[] {port},
            (proxy, method, arguments) -> {
              if (storeDown) {
                throw new StoreUnavailable("down", new IllegalStateException("down"));
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            }));
  }

  @Override
  public void close() {
    server.close();
    guests.close();
    telemetry.close();
  }
}
