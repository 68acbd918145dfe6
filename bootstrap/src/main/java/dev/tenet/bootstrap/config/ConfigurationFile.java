package dev.tenet.bootstrap.config;

import dev.tenet.application.plugin.Approvals;
import dev.tenet.application.recording.DecisionBuffer;
import dev.tenet.artefacts.S3Keys;
import dev.tenet.bootstrap.yaml.YamlFault.Place;
import dev.tenet.bootstrap.yaml.YamlReader;
import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.domain.evaluation.Durations;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.http.governance.TenantHeaders;
import dev.tenet.http.identity.TokenSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.nodes.Node;

/// A configuration file, read strictly.
///
/// @param directory what relative paths in it are relative to
/// @param values the settings that options can give, too, by their keys
/// @param objectStoreKeys what signs requests to the object store that has the code of plugins; empty when it is not said
/// @param tokens which tokens are believed; empty for none
/// @param faults all faults, a line for each
record ConfigurationFile(
    Path directory,
    Map<String, Value> values,
    Limits limits,
    TenantHeaders.Settings tenantHeaders,
    OptionalInt evaluationsAtOnce,
    Duration requestTimeout,
    Duration shutdownGrace,
    Optional<TokenSettings> tokens,
    Duration shutdownDelay,
    TelemetrySettings telemetry,
    DecisionBuffer.Settings decisionLog,
    Approvals approvals,
    Optional<S3Keys> objectStoreKeys,
    List<String> faults) {

  static final Duration DEFAULT_REQUEST_TIMEOUT = Duration.ofSeconds(60);
  static final Duration DEFAULT_SHUTDOWN_GRACE = Duration.ofSeconds(30);

  /// What holds without a file.
  static final ConfigurationFile NONE =
      new ConfigurationFile(
          Path.of(""),
          Map.of(),
          Limits.DEFAULT,
          TenantHeaders.Settings.USUAL,
          OptionalInt.empty(),
          DEFAULT_REQUEST_TIMEOUT,
          DEFAULT_SHUTDOWN_GRACE,
          Optional.empty(),
          Duration.ZERO,
          TelemetrySettings.DEFAULT,
          DecisionBuffer.Settings.DEFAULT,
          Approvals.NONE,
          Optional.empty(),
          List.of());

  private static final String LIMITS = "limits";
  private static final String REQUESTS = "requests";
  private static final String EVALUATIONS_AT_ONCE = "evaluationsAtOnce";
  private static final String REQUEST_TIMEOUT = "requestTimeout";
  private static final String SHUTDOWN_GRACE = "shutdownGrace";
  private static final String JWT = "jwt";
  private static final String SHUTDOWN_DELAY = "shutdownDelay";
  private static final String DECISION_LOG = "decisionLog";
  private static final String PLUGINS = "plugins";
  private static final String ARTEFACTS = "artefacts";

  /// A value and its place, such as `tenet.yaml:2:7: port`.
  record Value(String text, String origin) {}

  ConfigurationFile {
    values = Map.copyOf(values);
    faults = List.copyOf(faults);
  }

  Optional<Value> value(String key) {
    return Optional.ofNullable(values.get(key));
  }

  static ConfigurationFile read(Path path, String text) {
    YamlReader yaml = new YamlReader();
    String name = path.toString();
    Map<String, Node> members =
        yaml.parse(text)
            .map(root -> yaml.mapping(root, "the configuration", keys()))
            .orElse(Map.of());
    ConfiguredArtefacts artefacts =
        ConfiguredArtefacts.read(yaml, Optional.ofNullable(members.get(ARTEFACTS)));
    Map<String, Node> settings = new HashMap<>(members);
    settings.putAll(artefacts.settings());
    Map<String, Value> values = new HashMap<>();
    Arrays.stream(Setting.values())
        .map(Setting::key)
        .filter(settings::containsKey)
        .forEach(
            key -> {
              Node node = node(settings, key);
              Place place = YamlReader.place(node);
              String origin = "%s:%d:%d: %s".formatted(name, place.line(), place.column(), key);
              yaml.text(node, key).ifPresent(value -> values.put(key, new Value(value, origin)));
            });
    Limits limits = ConfiguredLimits.read(yaml, Optional.ofNullable(members.get(LIMITS)));
    TenantHeaders.Settings tenantHeaders =
        ConfiguredTenantHeaders.read(yaml, Optional.ofNullable(members.get(REQUESTS)));
    OptionalInt evaluationsAtOnce =
        Optional.ofNullable(members.get(EVALUATIONS_AT_ONCE))
            .map(node -> number(yaml, node))
            .orElse(OptionalInt.empty());
    Duration requestTimeout =
        duration(yaml, members, REQUEST_TIMEOUT).orElse(DEFAULT_REQUEST_TIMEOUT);
    Duration shutdownGrace = duration(yaml, members, SHUTDOWN_GRACE).orElse(DEFAULT_SHUTDOWN_GRACE);
    Duration shutdownDelay = duration(yaml, members, SHUTDOWN_DELAY).orElse(Duration.ZERO);
    TelemetrySettings telemetry = TelemetrySettings.read(yaml, members);
    DecisionBuffer.Settings decisionLog =
        ConfiguredDecisionLog.read(yaml, Optional.ofNullable(members.get(DECISION_LOG)));
    Path directory = Optional.ofNullable(path.getParent()).orElse(Path.of(""));
    Approvals approvals =
        ConfiguredPlugins.read(yaml, Optional.ofNullable(members.get(PLUGINS)), directory);
    Optional<TokenSettings> tokens =
        Optional.ofNullable(members.get(JWT))
            .flatMap(node -> new ConfiguredTokens(yaml, directory).read(node));
    List<String> faults = yaml.faults().stream().map(fault -> fault.in(name)).toList();
    return new ConfigurationFile(
        directory,
        values,
        limits,
        tenantHeaders,
        evaluationsAtOnce,
        requestTimeout,
        shutdownGrace,
        tokens,
        shutdownDelay,
        telemetry,
        decisionLog,
        approvals,
        artefacts.keys(),
        faults);
  }

  private static Node node(Map<String, Node> members, String key) {
    return Optional.ofNullable(members.get(key)).orElseThrow();
  }

  private static List<String> keys() {
    return Stream.concat(
            Arrays.stream(Setting.values())
                .map(Setting::key)
                .filter(key -> !key.isEmpty() && !key.contains(".")),
            Stream.of(
                LIMITS,
                REQUESTS,
                EVALUATIONS_AT_ONCE,
                REQUEST_TIMEOUT,
                SHUTDOWN_GRACE,
                SHUTDOWN_DELAY,
                JWT,
                TelemetrySettings.METRICS,
                TelemetrySettings.TELEMETRY,
                DECISION_LOG,
                PLUGINS,
                ARTEFACTS))
        .toList();
  }

  private static OptionalInt number(YamlReader yaml, Node node) {
    Optional<String> text = yaml.text(node, EVALUATIONS_AT_ONCE);
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    try {
      int number = Integer.parseInt(text.get());
      if (number > 0) {
        return OptionalInt.of(number);
      }
    } catch (NumberFormatException e) {
      // Reported below, like a number out of range.
    }
    yaml.report(
        node,
        "%s: %s is no whole number from 1 to %d."
            .formatted(EVALUATIONS_AT_ONCE, Quoted.text(text.get()), Integer.MAX_VALUE));
    return OptionalInt.empty();
  }

  private static Optional<Duration> duration(
      YamlReader yaml, Map<String, Node> members, String key) {
    return Optional.ofNullable(members.get(key)).flatMap(node -> duration(yaml, node, key));
  }

  /// {@return the duration, positive; reports what is none}
  static Optional<Duration> duration(YamlReader yaml, Node node, String key) {
    Optional<String> text = yaml.text(node, key);
    Optional<Duration> duration = text.flatMap(Durations::parse).filter(Duration::isPositive);
    if (text.isPresent() && duration.isEmpty()) {
      yaml.report(
          node,
          "%s: %s is no duration above zero; write it like 500ms, 2s or 1m30s."
              .formatted(key, Quoted.text(text.get())));
    }
    return duration;
  }
}
