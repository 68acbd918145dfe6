package dev.tenet.bootstrap.config;

import dev.tenet.bootstrap.yaml.YamlReader;
import dev.tenet.domain.diagnostic.Quoted;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;

/// What is told about a running server.
///
/// @param metricsPrefix what the names of its own metrics begin with
/// @param metricsTenants how many tenants have metrics of their own; the others share one
/// @param otlpEndpoint where traces are sent, such as `http://collector:4318`
/// @param serviceName what the server is called in traces
public record TelemetrySettings(
    String metricsPrefix,
    int metricsTenants,
    Optional<String> otlpEndpoint,
    Optional<String> serviceName) {

  /// What holds when nothing is said.
  public static final TelemetrySettings DEFAULT =
      new TelemetrySettings("tenet", 100, Optional.empty(), Optional.empty());

  static final String METRICS = "metrics";
  static final String TELEMETRY = "telemetry";

  private static final String PREFIX = "prefix";
  private static final String TENANTS = "tenants";
  private static final String OTLP = "otlp";
  private static final String SERVICE_NAME = "serviceName";
  private static final Pattern METRIC_NAME = Pattern.compile("[a-z][a-z0-9_]{0,40}[a-z0-9]");
  private static final Pattern URL = Pattern.compile("https?://[^\\s/]+(/\\S*)?");
  private static final int MOST_TENANTS = 10_000;

  /// Reads the groups `metrics` and `telemetry`; what is left out keeps its default.
  static TelemetrySettings read(YamlReader yaml, Map<String, Node> members) {
    Map<String, Node> metrics =
        group(yaml, members, METRICS, "the metrics", List.of(PREFIX, TENANTS));
    Map<String, Node> telemetry =
        group(yaml, members, TELEMETRY, "the telemetry", List.of(OTLP, SERVICE_NAME));
    return new TelemetrySettings(
        text(
                yaml,
                metrics,
                PREFIX,
                METRIC_NAME,
                "no prefix of metrics; write it like tenet or my_company, in lower case")
            .orElse(DEFAULT.metricsPrefix),
        Optional.ofNullable(metrics.get(TENANTS))
            .flatMap(node -> tenants(yaml, node))
            .orElse(DEFAULT.metricsTenants),
        text(yaml, telemetry, OTLP, URL, "no address; write it like http://localhost:4318"),
        text(yaml, telemetry, SERVICE_NAME, Pattern.compile("\\S.*"), "no name"));
  }

  private static Map<String, Node> group(
      YamlReader yaml, Map<String, Node> members, String key, String what, List<String> keys) {
    return Optional.ofNullable(members.get(key))
        .map(node -> yaml.mapping(node, what, keys))
        .orElse(Map.of());
  }

  private static Optional<String> text(
      YamlReader yaml, Map<String, Node> members, String key, Pattern form, String otherwise) {
    return Optional.ofNullable(members.get(key))
        .flatMap(
            node -> {
              Optional<String> text = yaml.text(node, key);
              if (text.isPresent() && !form.matcher(text.get()).matches()) {
                yaml.report(
                    node, "%s: %s is %s.".formatted(key, Quoted.text(text.get()), otherwise));
                return Optional.empty();
              }
              return text;
            });
  }

  private static Optional<Integer> tenants(YamlReader yaml, Node node) {
    Optional<String> text = yaml.text(node, TENANTS);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (text.get().matches("[0-9]{1,5}") && Integer.parseInt(text.get()) <= MOST_TENANTS) {
      return Optional.of(Integer.valueOf(text.get()));
    }
    yaml.report(
        node,
        "%s: %s is no whole number from 0 to %d."
            .formatted(TENANTS, Quoted.text(text.get()), MOST_TENANTS));
    return Optional.empty();
  }
}
