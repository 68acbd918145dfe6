package dev.tenet.bootstrap.telemetry;

import dev.tenet.application.change.ChangeObserver;
import dev.tenet.application.evaluation.CurrentRuleSets;
import dev.tenet.application.governance.GovernanceObserver;
import dev.tenet.application.observer.Observers;
import dev.tenet.application.plugin.Guests;
import dev.tenet.application.plugin.InvocationObserver;
import dev.tenet.application.recording.DecisionBuffer;
import dev.tenet.application.store.RevisionFeed;
import dev.tenet.bootstrap.config.LogSettings;
import dev.tenet.bootstrap.config.TelemetrySettings;
import dev.tenet.bootstrap.logging.AccessLog;
import dev.tenet.bootstrap.logging.Logging;
import dev.tenet.http.observability.ExtensionsJson;
import dev.tenet.http.observability.LoggingJson;
import dev.tenet.http.observability.Observability;
import dev.tenet.http.routing.RequestObserver;
import dev.tenet.http.routing.ServedRequest;
import dev.tenet.spi.ConnectionPool;
import dev.tenet.spi.DecisionListener;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All that is told about a server: metrics, traces and the log.
public final class Telemetry implements Observability, RequestObserver, AutoCloseable {

  private final Logging logging;
  private final AccessLog accessLog;
  private final Metrics metrics;
  private final Optional<Tracing> tracing;
  private Optional<PoolWatch> poolWatch = Optional.empty();
  private volatile Supplier<ExtensionsJson> extensions =
      () -> new ExtensionsJson(List.of(), List.of());

  private Telemetry(
      Logging logging, AccessLog accessLog, Metrics metrics, Optional<Tracing> tracing) {
    this.logging = logging;
    this.accessLog = accessLog;
    this.metrics = metrics;
    this.tracing = tracing;
  }

  /// {@return what tells about a server that is about to start}
  ///
  /// @param environment all environment variables, for those of OpenTelemetry
  /// @throws IllegalArgumentException with a message for the operator, when the settings make no sense
  public static Telemetry of(
      TelemetrySettings settings, LogSettings log, Map<String, String> environment) {
    Logging logging = Logging.ofProcess();
    Optional<Tracing> tracing = Tracing.of(settings, environment);
    return new Telemetry(
        logging, new AccessLog(logging, log.accessLog()), new Metrics(settings, logging), tracing);
  }

  /// {@return the listeners, and one that counts decisions}
  public List<DecisionListener> listeners(List<DecisionListener> extensions) {
    return Stream.concat(Stream.of(metrics.decisions()), extensions.stream())
        .map(metrics::counted)
        .toList();
  }

  /// {@return those who are told of invocations of plugins}
  public List<InvocationObserver> invocations() {
    return tracing.isPresent()
        ? List.of(metrics.plugins(), tracing.get().invocations())
        : List.of(metrics.plugins());
  }

  /// Watches the sandbox.
  public void watch(Guests guests) {
    metrics.plugins().watch(guests);
  }

  /// Watches the definitions in memory.
  public void watch(CurrentRuleSets ruleSets) {
    metrics.watch(ruleSets);
  }

  /// Watches whether those fail who are told what governance decides, or are asked before changes and told after them.
  public void watch(Observers<GovernanceObserver> governance, Observers<ChangeObserver> changes) {
    metrics.watch(governance, changes);
  }

  /// Watches decisions on their way into their log.
  public void watch(DecisionBuffer decisions) {
    metrics.watch(decisions);
  }

  /// Watches a store that tells of changes.
  public void watch(RevisionFeed.Following feed) {
    metrics.watch(feed);
  }

  /// Watches pools of connections.
  ///
  /// @param pools those that are open
  public void watch(Supplier<List<ConnectionPool>> pools) {
    metrics.watch(pools);
    var watch = new PoolWatch(pools);
    watch.start();
    poolWatch = Optional.of(watch);
  }

  /// Shows extensions.
  ///
  /// @param present those that there are now
  public void show(Supplier<ExtensionsJson> present) {
    extensions = present;
  }

  @Override
  public ExtensionsJson extensions() {
    return extensions.get();
  }

  @Override
  public RequestObserver requests() {
    return this;
  }

  @Override
  public @Nullable Trace begun(ServedRequest request) {
    return tracing.isPresent() ? tracing.get().begun(request) : null;
  }

  @Override
  public void answered(ServedRequest request) {
    metrics.answered(request);
    accessLog.answered(request);
    if (tracing.isPresent()) {
      tracing.get().answered(request);
    }
  }

  @Override
  public Exposition metrics(String accept) {
    return metrics.scrape(accept);
  }

  @Override
  public LoggingJson logging() {
    return logging.read(accessLog);
  }

  @Override
  public void change(LoggingChange change) {
    logging.change(change, accessLog);
  }

  @Override
  public void close() {
    poolWatch.ifPresent(PoolWatch::close);
    tracing.ifPresent(Tracing::close);
    metrics.close();
  }
}
