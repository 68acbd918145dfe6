package dev.tenet.domain.definition;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A rule set as it is written, in plain text. Immutable and serializable: a rule set travels as its definition and is
/// compiled where it lands. Nothing is checked here, that is [DefinitionReader]'s work.
///
/// @param schema the schema's definition as plain JSON values, as in `dev.tenet.domain.schema.SchemaReader`
/// @param derivedFields in any order
/// @param rules in the order in which they are evaluated
public record RuleSetDefinition(
    Map<String, ?> schema, List<DerivedFieldDefinition> derivedFields, List<RuleDefinition> rules)
    implements Serializable {

  public RuleSetDefinition {
    schema = copy(schema);
    derivedFields = List.copyOf(derivedFields);
    rules = List.copyOf(rules);
  }

  /// {@return a rule set with this schema and nothing else}
  ///
  /// @param schema as plain JSON values, such as `Map.of("User", Map.of("Age", "int"))`
  public static RuleSetDefinition of(Map<String, ?> schema) {
    return new RuleSetDefinition(schema, List.of(), List.of());
  }

  /// {@return this rule set with one more derived field}
  public RuleSetDefinition derivedField(String name, String expression) {
    return new RuleSetDefinition(
        schema, plus(derivedFields, new DerivedFieldDefinition(name, expression)), rules);
  }

  /// {@return this rule set with one more rule, at the end}
  public RuleSetDefinition rule(RuleDefinition rule) {
    return new RuleSetDefinition(schema, derivedFields, plus(rules, rule));
  }

  private static <T> List<T> plus(List<T> list, T element) {
    List<T> longer = new ArrayList<>(list);
    longer.add(element);
    return longer;
  }

  private static Map<String, @Nullable Object> copy(Map<?, ?> map) {
    Map<String, @Nullable Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put(String.valueOf(key), copy(value)));
    return Collections.unmodifiableMap(copy);
  }

  private static @Nullable Object copy(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> map -> copy(map);
      case List<?> list -> {
        List<@Nullable Object> copy = new ArrayList<>();
        list.forEach(element -> copy.add(copy(element)));
        yield Collections.unmodifiableList(copy);
      }
      case null, default -> value;
    };
  }
}
