package dev.tenet.bootstrap.config;

import dev.tenet.bootstrap.yaml.YamlReader;
import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.domain.tenant.Limits;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/// Reads [Limits]: each of its components is a key, and what is left out keeps its default.
final class ConfiguredLimits {

  private static final RecordComponent[] COMPONENTS = Limits.class.getRecordComponents();

  private ConfiguredLimits() {}

  static Limits read(YamlReader yaml, Optional<Node> node) {
    List<String> keys = Arrays.stream(COMPONENTS).map(RecordComponent::getName).toList();
    Map<String, Node> members =
        node.map(limits -> yaml.mapping(limits, "the limits", keys)).orElse(Map.of());
    Object[] values = new Object[COMPONENTS.length];
    Class<?>[] types = new Class<?>[COMPONENTS.length];
    try {
      for (int i = 0; i < COMPONENTS.length; i++) {
        RecordComponent component = COMPONENTS[i];
        types[i] = component.getType();
        Object fallback = component.getAccessor().invoke(Limits.DEFAULT);
        values[i] =
            Optional.ofNullable(members.get(component.getName()))
                .flatMap(member -> value(yaml, member, component))
                .orElse(fallback);
      }
      return Limits.class.getConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the limits are a record of numbers and durations", e);
    }
  }

  private static Optional<Object> value(YamlReader yaml, Node node, RecordComponent component) {
    if (component.getType() == Duration.class) {
      return ConfigurationFile.duration(yaml, node, component.getName()).map(Object.class::cast);
    }
    long most = component.getType() == long.class ? Long.MAX_VALUE : Integer.MAX_VALUE;
    Optional<String> text = yaml.text(node, component.getName());
    try {
      long number = Long.parseLong(text.orElse("1"));
      if (number >= 1 && number <= most) {
        return Optional.of(most == Long.MAX_VALUE ? (Object) number : (Object) (int) number);
      }
    } catch (NumberFormatException e) {
      // Reported below, like a number out of range.
    }
    yaml.report(
        node,
        "%s: %s is no whole number from 1 to %d."
            .formatted(component.getName(), Quoted.text(text.orElse("")), most));
    return Optional.empty();
  }
}
