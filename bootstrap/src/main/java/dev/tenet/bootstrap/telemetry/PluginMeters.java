package dev.tenet.bootstrap.telemetry;

import dev.tenet.application.plugin.Guests;
import dev.tenet.application.plugin.InvocationObserver;
import dev.tenet.domain.plugin.FunctionName;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/// Counts and times invocations by plugin and function. Scripts share one name, for every tenant may have as many as it likes,
/// and so do the functions beyond the most that have names of their own.
final class PluginMeters implements InvocationObserver {

  private static final int MOST_FUNCTIONS = 500;
  private static final String OTHER = "other";

  /// How an invocation ended, in few words.
  private record Series(String plugin, String function, String outcome) {}

  private final MeterRegistry registry;
  private final String prefix;
  private final TenantSeries tenants;
  private final Map<Series, Counter> calls = new ConcurrentHashMap<>();
  private final Map<String, Timer> durations = new ConcurrentHashMap<>();

  PluginMeters(MeterRegistry registry, String prefix, TenantSeries tenants) {
    this.registry = registry;
    this.prefix = prefix;
    this.tenants = tenants;
  }

  @Override
  public void invoked(Invocation invocation) {
    String plugin = known(invocation.function().plugin());
    String function =
        plugin.equals(OTHER) || plugin.equals(FunctionName.SCRIPTS)
            ? OTHER
            : invocation.function().action();
    calls
        .computeIfAbsent(new Series(plugin, function, outcome(invocation)), this::counter)
        .increment();
    durations
        .computeIfAbsent(plugin, this::timer)
        .record(invocation.duration().toNanos(), TimeUnit.NANOSECONDS);
    tenants.of(invocation.tenant()).invoked(invocation);
  }

  private String known(String plugin) {
    return durations.containsKey(plugin) || calls.size() < MOST_FUNCTIONS ? plugin : OTHER;
  }

  private static String outcome(Invocation invocation) {
    return switch (invocation.code()) {
      case "ok" -> invocation.kept() ? "kept" : "ok";
      case "plugin_timeout" -> "timeout";
      case "plugin_busy", "plugin_closed", "plugin_unavailable" -> "busy";
      case "plugin_input_invalid" -> "invalid";
      case "plugin_quota_exceeded" -> "quota";
      default -> "error";
    };
  }

  private Counter counter(Series series) {
    return Counter.builder(prefix + ".plugin.calls")
        .description("Invocations of functions of plugins, by how they ended.")
        .tags("plugin", series.plugin(), "function", series.function(), "outcome", series.outcome())
        .register(registry);
  }

  private Timer timer(String plugin) {
    return Timer.builder(prefix + ".plugin.duration")
        .description("How long invocations of a plugin's functions took.")
        .tag("plugin", plugin)
        .serviceLevelObjectives(Metrics.buckets())
        .register(registry);
  }

  /// Tells what the sandbox is doing.
  void watch(Guests guests) {
    gauge("running", "Calls that the sandbox is busy with.", guests, g -> g.load().running());
    gauge("waiting", "Calls that wait for their turn.", guests, g -> g.load().waiting());
    gauge("memory.bytes", "Memory of all instances of plugins.", guests, Guests::memory);
  }

  private void gauge(String name, String description, Guests guests, ToDoubleFunction<Guests> of) {
    Gauge.builder(prefix + ".plugin." + name, guests, of)
        .description(description)
        .strongReference(true)
        .register(registry);
  }
}
