package dev.tenet.bootstrap.openapi;

import dev.tenet.application.change.TenantChanges;
import dev.tenet.application.derived.DefineDerivedField;
import dev.tenet.application.derived.FindDerivedField;
import dev.tenet.application.derived.ListDerivedFields;
import dev.tenet.application.derived.RemoveDerivedField;
import dev.tenet.application.derived.ReviseDerivedField;
import dev.tenet.application.evaluation.CheckExpression;
import dev.tenet.application.evaluation.CurrentRuleSets;
import dev.tenet.application.evaluation.EvaluateFacts;
import dev.tenet.application.identity.IdSource;
import dev.tenet.application.reading.Definitions;
import dev.tenet.application.rule.AddRule;
import dev.tenet.application.rule.FindRule;
import dev.tenet.application.rule.ListRules;
import dev.tenet.application.rule.RemoveRule;
import dev.tenet.application.rule.ReviseRule;
import dev.tenet.application.schema.ActivateSchema;
import dev.tenet.application.schema.DefineSchema;
import dev.tenet.application.schema.FindSchema;
import dev.tenet.application.schema.ListSchemaChanges;
import dev.tenet.application.schema.ListSchemaVersions;
import dev.tenet.application.tenant.CreateTenant;
import dev.tenet.application.tenant.DeleteTenant;
import dev.tenet.application.tenant.FindTenant;
import dev.tenet.application.tenant.ListTenants;
import dev.tenet.application.tenant.RenameTenant;
import dev.tenet.application.tenant.StoreUnavailable;
import dev.tenet.application.tenant.TenantStore;
import dev.tenet.cel.CelRuleCompiler;
import dev.tenet.domain.change.Decider;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.http.RegisteredRoutes;
import dev.tenet.http.TenetHttpServer;
import dev.tenet.http.UseCases;
import dev.tenet.inmemory.InMemoryTenantStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;

/// A whole server on a free port, over a store in memory that can be made to fail.
final class OpenApiServer implements AutoCloseable {

  static final Limits LIMITS = Limits.DEFAULT;

  /// Kept, so that their levels are; outages are meant here.
  private static final List<Logger> QUIET =
      List.of(Logger.getLogger("dev.tenet.http"), Logger.getLogger("io.helidon"));

  private final TenetHttpServer server;
  private final Set<String> routes;
  private volatile boolean storeDown;

  private OpenApiServer(Limits limits, Duration requestTimeout) {
    QUIET.forEach(logger -> logger.setLevel(Level.SEVERE));
    var last = new AtomicLong();
    IdSource ids =
        () -> new UUID(0x0197_a3c2_0000_7000L, 0x8000_0000_0000_0000L | last.incrementAndGet());
    InstantSource clock = InstantSource.system();
    TenantStore store = interruptible(new InMemoryTenantStore());
    var compiler = new CelRuleCompiler(limits, List.of());
    var ruleSets = new CurrentRuleSets(store, compiler);
    var changes = new TenantChanges(store, compiler, ruleSets, new Decider(limits), clock);
    var definitions = new Definitions(store);
    UseCases useCases =
        new UseCases(
            new UseCases.Tenants(
                new CreateTenant(changes, ids),
                new RenameTenant(changes),
                new DeleteTenant(changes),
                new FindTenant(definitions),
                new ListTenants(store)),
            new UseCases.Schemas(
                new DefineSchema(changes, ids),
                new ActivateSchema(store, changes),
                new FindSchema(definitions, store),
                new ListSchemaVersions(definitions, store),
                new ListSchemaChanges(definitions, store)),
            new UseCases.DerivedFields(
                new DefineDerivedField(changes, ids),
                new ReviseDerivedField(changes),
                new RemoveDerivedField(changes),
                new FindDerivedField(definitions),
                new ListDerivedFields(definitions)),
            new UseCases.Rules(
                new AddRule(changes, ids),
                new ReviseRule(changes),
                new RemoveRule(changes),
                new FindRule(definitions),
                new ListRules(definitions)),
            new UseCases.Evaluation(
                new EvaluateFacts(ruleSets, ids, clock, List.of()),
                new CheckExpression(definitions, compiler)));
    var health = new TenetHttpServer.Health(() -> !storeDown, ruleSets::size);
    var settings =
        new TenetHttpServer.Settings("127.0.0.1", 0, limits, requestTimeout, Duration.ZERO);
    server = TenetHttpServer.start(settings, useCases, health, ids);
    routes = RegisteredRoutes.of(useCases, health, limits);
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

  private TenantStore interruptible(TenantStore store) {
    return (TenantStore)
        Proxy.newProxyInstance(
            OpenApiServer.class.getClassLoader(),
            new Class<?>[] {TenantStore.class},
            (proxy, method, arguments) -> {
              if (storeDown) {
                throw new StoreUnavailable("down", new IllegalStateException("down"));
              }
              try {
                return method.invoke(store, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
              }
            });
  }

  @Override
  public void close() {
    server.close();
  }
}
