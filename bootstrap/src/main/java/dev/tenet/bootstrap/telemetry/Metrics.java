package dev.tenet.bootstrap.telemetry;

import dev.tenet.application.change.ChangeObserver;
import dev.tenet.application.evaluation.CurrentRuleSets;
import dev.tenet.application.evaluation.RuleSet;
import dev.tenet.application.governance.GovernanceObserver;
import dev.tenet.application.observer.Observers;
import dev.tenet.application.recording.DecisionBuffer;
import dev.tenet.application.store.RevisionFeed;
import dev.tenet.bootstrap.config.BuildVersion;
import dev.tenet.bootstrap.config.TelemetrySettings;
import dev.tenet.bootstrap.logging.AccessLog;
import dev.tenet.bootstrap.logging.Logging;
import dev.tenet.domain.evaluation.Decision;
import dev.tenet.domain.evaluation.Facts;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.http.observability.LogLevel;
import dev.tenet.http.observability.Observability.Exposition;
import dev.tenet.http.routing.ServedRequest;
import dev.tenet.spi.ConnectionPool;
import dev.tenet.spi.DecisionListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/// All metrics of a server.
final class Metrics implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Metrics.class.getName());
  private static final int BAD_REQUEST = 400;
  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int NO_CONTENT = 204;
  private static final Set<String> DENIED_INSIDE =
      Set.of("tenant_policy_denied", "tenant_suspended");
  private static final String TENANT_NOT_FOUND = "tenant_not_found";
  private static final String OVERLOADED = "overloaded";
  private static final String API = "/api/v1/";
  private static final String HEALTH = "/api/v1/health";
  private static final Set<String> TENANTS =
      Set.of("/api/v1/tenants/{tenantId}", "/api/v1/admin/tenants/{tenantId}");

  /// Can be read when its tenant is deleted.
  private static final String AUDIT = "/api/v1/tenants/{tenantId}/audit";

  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OPEN_METRICS_TYPE = "application/openmetrics-text";
  private static final String OPEN_METRICS = OPEN_METRICS_TYPE + "; version=1.0.0; charset=utf-8";
  private static final double NANOS_PER_SECOND = 1e9;

  private static final Duration[] BUCKETS = {
    Duration.ofNanos(250_000),
    Duration.ofNanos(500_000),
    Duration.ofMillis(1),
    Duration.ofNanos(2_500_000),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofMillis(2_500),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10)
  };

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final String prefix;
  private final TenantSeries tenants;
  private final RouteMeters routes;
  private final PluginMeters plugins;
  private final Timer evaluations;
  private final Counter slow;
  private final Counter overloads;
  private final JvmGcMetrics garbage = new JvmGcMetrics();
  private final Map<String, ConnectionPool> pools = new ConcurrentHashMap<>();
  private Supplier<List<ConnectionPool>> openPools = List::of;

  Metrics(TelemetrySettings settings, Logging logging) {
    this.prefix = settings.metricsPrefix();
    this.tenants = new TenantSeries(registry, prefix, settings.metricsTenants(), System::nanoTime);
    this.routes = new RouteMeters(registry, prefix);
    this.plugins = new PluginMeters(registry, prefix, tenants);
    this.evaluations =
        Timer.builder(prefix + ".evaluation.duration")
            .description("How long evaluating one set of facts took, reading it included.")
            .serviceLevelObjectives(evaluationBuckets())
            .register(registry);
    this.slow =
        counter("slow.requests", "Requests that took longer than a second, streams left out.");
    this.overloads =
        counter(
            "admission.rejections", "Requests refused because too many evaluations are under way.");
    Gauge.builder(prefix + ".build.info", () -> 1)
        .description("Which Tenet runs, on which Java.")
        .tags("version", BuildVersion.text(), "java", Runtime.version().toString())
        .strongReference(true)
        .register(registry);
    for (LogLevel level : List.of(LogLevel.WARNING, LogLevel.ERROR)) {
      FunctionCounter.builder(prefix + ".log.events", logging, log -> log.events(level))
          .description("Events of a severity, whether a line was written for them or not.")
          .tag("level", level.key())
          .register(registry);
    }
    FunctionCounter.builder(prefix + ".log.dropped", logging, Logging::dropped)
        .description("Lines of the log that could not be written fast enough.")
        .register(registry);
    List.<MeterBinder>of(
            new JvmMemoryMetrics(),
            garbage,
            new JvmThreadMetrics(),
            new ClassLoaderMetrics(),
            new ProcessorMetrics(),
            new FileDescriptorMetrics(),
            new UptimeMetrics())
        .forEach(binder -> binder.bindTo(registry));
  }

  /// {@return the upper ends of the buckets of requests}
  static Duration[] buckets() {
    return BUCKETS.clone();
  }

  /// An evaluation takes microseconds where a request takes tenths of a millisecond.
  private static Duration[] evaluationBuckets() {
    List<Duration> buckets = new ArrayList<>();
    for (long microseconds : new long[] {10, 25, 50, 100}) {
      buckets.add(Duration.ofNanos(microseconds * 1_000));
    }
    buckets.addAll(List.of(BUCKETS));
    return buckets.toArray(Duration[]::new);
  }

  private Counter counter(String name, String description) {
    return Counter.builder(prefix + '.' + name).description(description).register(registry);
  }

  /// Counts a request that was answered.
  void answered(ServedRequest request) {
    routes.answered(request);
    if (isTraffic(request.route())) {
      meters(request).answered(request);
    }
    if (AccessLog.isSlow(request)) {
      slow.increment();
    }
    if (request.problem().isPresent() && request.problem().get().equals(OVERLOADED)) {
      overloads.increment();
    }
    if (request.status() == NO_CONTENT && TENANTS.contains(request.route())) {
      request.tenant().ifPresent(tenants::forget);
    }
  }

  private static boolean isTraffic(String route) {
    return route.startsWith(API) && !route.equals(HEALTH);
  }

  /// Whoever is not let in, or names a tenant that does not exist, speaks for nobody. What is refused may name any tenant: nothing is
  /// counted for one that was not heard of before.
  private TenantMeters meters(ServedRequest request) {
    TenantId tenant = request.tenant().orElse(null);
    if (tenant == null || request.status() == UNAUTHORIZED) {
      return tenants.none();
    }
    String problem = request.problem().orElse("");
    boolean foreign = request.status() == FORBIDDEN && !DENIED_INSIDE.contains(problem);
    if (foreign || problem.equals(TENANT_NOT_FOUND)) {
      return tenants.none();
    }
    boolean exists =
        (request.status() < BAD_REQUEST && !request.route().equals(AUDIT))
            || request.status() == TOO_MANY_REQUESTS
            || DENIED_INSIDE.contains(problem);
    return exists ? tenants.requested(tenant) : tenants.known(tenant);
  }

  /// {@return who counts invocations of plugins}
  PluginMeters plugins() {
    return plugins;
  }

  /// {@return who counts decisions}
  DecisionListener decisions() {
    return new DecisionListener() {
      @Override
      public String name() {
        return "metrics";
      }

      @Override
      public void decided(TenantId tenant, Facts facts, Decision decision) {
        evaluations.record(decision.elapsed());
        tenants.of(tenant).decided(decision);
      }
    };
  }

  /// {@return the listener, its failures counted and logged}
  DecisionListener counted(DecisionListener listener) {
    Counter failures =
        Counter.builder(prefix + ".decision.observer.failures")
            .description("Decisions that a listener failed on.")
            .tag("observer", listener.name())
            .register(registry);
    return new DecisionListener() {
      @Override
      public String name() {
        return listener.name();
      }

      @Override
      public void decided(TenantId tenant, Facts facts, Decision decision) {
        try {
          listener.decided(tenant, facts, decision);
        } catch (RuntimeException | LinkageError e) {
          failures.increment();
          LOG.log(
              Level.WARNING, () -> "the decision listener %s failed".formatted(listener.name()), e);
        }
      }
    };
  }

  /// Tells of the definitions in memory.
  void watch(CurrentRuleSets ruleSets) {
    gauge(
        "definitions.tenants",
        "Tenants with definitions in memory.",
        ruleSets,
        sets -> sets.figures().tenants());
    gauge(
        "definitions.memory.bytes",
        "About how much memory the definitions of tenants take.",
        ruleSets,
        sets -> sets.figures().weight());
    gauge(
        "definitions.indexed",
        "Tenants in memory whose conditions are looked up in an index.",
        ruleSets,
        sets -> sets.count(RuleSet::isIndexed));
    gauge(
        "definitions.hot",
        "Tenants in memory whose conditions run as code of their own.",
        ruleSets,
        sets -> sets.count(RuleSet::isHot));
    String name = prefix + ".definitions.lookups";
    String description =
        "How often definitions were wanted, and were in memory or had to be loaded.";
    FunctionCounter.builder(name, ruleSets, sets -> sets.figures().hits())
        .description(description)
        .tag("result", "hit")
        .register(registry);
    FunctionCounter.builder(name, ruleSets, sets -> sets.figures().misses())
        .description(description)
        .tag("result", "miss")
        .register(registry);
    FunctionCounter.builder(prefix + ".definitions.loads", ruleSets, sets -> sets.figures().loads())
        .description("How often the definitions of a tenant were loaded and compiled.")
        .register(registry);
    FunctionCounter.builder(
            prefix + ".definitions.evictions", ruleSets, sets -> sets.figures().evictions())
        .description("How often the definitions of a tenant were dropped to make room.")
        .register(registry);
  }

  /// Tells how often those failed who are told what governance decides, or are asked before changes and told after them.
  void watch(Observers<GovernanceObserver> governance, Observers<ChangeObserver> changes) {
    failures(
        "governance", governance, "News of governance that a listener of an extension failed on.");
    failures(
        "change",
        changes,
        "Changes that a listener of an extension failed on, before or after them.");
  }

  private void failures(String what, Observers<?> observers, String description) {
    FunctionCounter.builder(
            prefix + "." + what + ".observer.failures", observers, Observers::failures)
        .description(description)
        .register(registry);
  }

  /// Tells of the decisions on their way into their log.
  void watch(DecisionBuffer decisions) {
    gauge(
        "decision.log.waiting",
        "Decisions in memory that are still to be written.",
        decisions,
        buffer -> buffer.counts().waiting());
    FunctionCounter.builder(
            prefix + ".decision.log.written", decisions, buffer -> buffer.counts().written())
        .description("Decisions that were written.")
        .register(registry);
    FunctionCounter.builder(
            prefix + ".decision.log.dropped", decisions, buffer -> buffer.counts().dropped())
        .description("Decisions that were answered and not kept.")
        .register(registry);
  }

  /// Tells how long ago the store was seen.
  void watch(RevisionFeed.Following feed) {
    gauge(
        "store.silence.seconds",
        "How long ago the store last told all revisions; not a number before it did.",
        feed,
        following ->
            following.age().map(age -> age.toNanos() / NANOS_PER_SECOND).orElse(Double.NaN));
  }

  /// Tells of the pools of connections that are open, those that open later included.
  void watch(Supplier<List<ConnectionPool>> open) {
    openPools = open;
  }

  private <T> void gauge(String name, String description, T of, ToDoubleFunction<T> value) {
    Gauge.builder(prefix + '.' + name, of, value)
        .description(description)
        .strongReference(true)
        .register(registry);
  }

  private void registerPools() {
    openPools.get().forEach(pool -> pools.computeIfAbsent(pool.name(), name -> registered(pool)));
  }

  private ConnectionPool registered(ConnectionPool pool) {
    poolGauge(pool, "open", "Connections that are open.", p -> p.usage().open());
    poolGauge(pool, "in.use", "Connections that somebody works with.", p -> p.usage().inUse());
    poolGauge(pool, "idle", "Connections that nobody works with.", p -> p.usage().idle());
    poolGauge(pool, "waiting", "How many wait for a connection.", p -> p.usage().waiting());
    poolGauge(pool, "max", "How many connections may be open.", p -> p.usage().most());
    poolCounter(pool, "acquisitions", "Connections lent.", p -> p.waits().times());
    poolCounter(
        pool,
        "wait.seconds",
        "How long was waited for connections in all.",
        p -> p.waits().total().toNanos() / NANOS_PER_SECOND);
    poolCounter(pool, "timeouts", "Vain waits for a connection.", p -> p.waits().timeouts());
    return pool;
  }

  private void poolGauge(
      ConnectionPool pool, String name, String description, ToDoubleFunction<ConnectionPool> of) {
    Gauge.builder(prefix + ".pool.connections." + name, pool, of)
        .description(description)
        .tag("pool", pool.name())
        .strongReference(true)
        .register(registry);
  }

  private void poolCounter(
      ConnectionPool pool, String name, String description, ToDoubleFunction<ConnectionPool> of) {
    FunctionCounter.builder(prefix + ".pool." + name, pool, of)
        .description(description)
        .tag("pool", pool.name())
        .register(registry);
  }

  /// {@return all metrics as they are now}
  Exposition scrape(String accept) {
    registerPools();
    String type = accept.contains(OPEN_METRICS_TYPE) ? OPEN_METRICS : TEXT;
    return new Exposition(type, registry.scrape(type));
  }

  @Override
  public void close() {
    garbage.close();
    registry.close();
  }
}
