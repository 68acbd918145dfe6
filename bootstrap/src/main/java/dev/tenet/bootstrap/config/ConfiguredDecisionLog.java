package dev.tenet.bootstrap.config;

import dev.tenet.application.recording.DecisionBuffer;
import dev.tenet.bootstrap.yaml.YamlReader;
import dev.tenet.domain.diagnostic.Quoted;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads how decisions are collected before they are kept; what is left out keeps its default.
final class ConfiguredDecisionLog {

  private static final String MOST = "bufferedDecisions";
  private static final String MEMORY = "bufferMemory";
  private static final String BATCH = "batchSize";
  private static final String DELAY = "longestDelay";
  private static final List<String> KEYS = List.of(MOST, MEMORY, BATCH, DELAY);

  private ConfiguredDecisionLog() {}

  static DecisionBuffer.Settings read(YamlReader yaml, Optional<Node> node) {
    Map<String, Node> members =
        node.map(log -> yaml.mapping(log, "the decision log", KEYS)).orElse(Map.of());
    DecisionBuffer.Settings usual = DecisionBuffer.Settings.DEFAULT;
    return new DecisionBuffer.Settings(
        number(yaml, members, MOST).orElse(usual.most()),
        memory(yaml, members).orElse(usual.memory()),
        number(yaml, members, BATCH).orElse(usual.batch()),
        delay(yaml, members).orElse(usual.delay()),
        usual.pause());
  }

  private static Optional<Integer> number(YamlReader yaml, Map<String, Node> members, String key) {
    return Optional.ofNullable(members.get(key))
        .flatMap(
            node ->
                yaml.text(node, key)
                    .flatMap(
                        text -> {
                          if (text.matches("[1-9][0-9]{0,6}")) {
                            return Optional.of(Integer.valueOf(text));
                          }
                          yaml.report(
                              node,
                              "%s: %s is no whole number from 1 to 9999999."
                                  .formatted(key, Quoted.text(text)));
                          return Optional.empty();
                        }));
  }

  private static Optional<Long> memory(YamlReader yaml, Map<String, Node> members) {
    return Optional.ofNullable(members.get(MEMORY))
        .flatMap(
            node ->
                yaml.text(node, MEMORY)
                    .flatMap(
                        text -> {
                          Optional<Long> size = ConfigurationReader.size(text);
                          if (size.isEmpty()) {
                            yaml.report(
                                node,
                                "%s: %s is no size; write it like 64m or 1g, at least 1m."
                                    .formatted(MEMORY, Quoted.text(text)));
                          }
                          return size;
                        }));
  }

  private static Optional<Duration> delay(YamlReader yaml, Map<String, Node> members) {
    return Optional.ofNullable(members.get(DELAY))
        .flatMap(node -> ConfigurationFile.duration(yaml, node, DELAY));
  }
}
