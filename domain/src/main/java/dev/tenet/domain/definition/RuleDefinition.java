package dev.tenet.domain.definition;

import static java.util.Objects.requireNonNull;

import dev.tenet.domain.rule.RuleId;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/// A rule as it is written. Immutable.
///
/// @param name unique within the rule set
/// @param expression the condition in CEL
/// @param then the text of each output in CEL, by name, in their order
/// @param tags sorted
public record RuleDefinition(
    String name, String expression, Map<String, String> then, Set<String> tags)
    implements Serializable {

  public RuleDefinition {
    requireNonNull(name);
    requireNonNull(expression);
    then = Collections.unmodifiableMap(new LinkedHashMap<>(then));
    tags = Collections.unmodifiableSet(new TreeSet<>(tags));
  }

  /// {@return a rule without outputs and tags}
  public static RuleDefinition of(String name, String expression) {
    return new RuleDefinition(name, expression, Map.of(), Set.of());
  }

  /// {@return this rule with one more output, or with another text for an output it has}
  public RuleDefinition then(String output, String outputExpression) {
    SequencedMap<String, String> more = new LinkedHashMap<>(then);
    more.put(output, outputExpression);
    return new RuleDefinition(name, expression, more, tags);
  }

  /// {@return this rule with these tags besides those it has}
  public RuleDefinition tagged(String... more) {
    Set<String> all = new TreeSet<>(tags);
    all.addAll(List.of(more));
    return new RuleDefinition(name, expression, then, all);
  }

  /// {@return the id by which outcomes and selections name the rule: a UUID made of its name, everywhere the same}
  public RuleId id() {
    return new RuleId(UUID.nameUUIDFromBytes(("rule " + name).getBytes(StandardCharsets.UTF_8)));
  }
}
