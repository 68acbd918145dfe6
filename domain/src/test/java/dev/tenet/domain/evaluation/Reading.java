package dev.tenet.domain.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.schema.FieldType;
import dev.tenet.domain.schema.Schema;
import dev.tenet.domain.schema.SchemaReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads facts for tests.
final class Reading {

  private Reading() {}

  static FactLayout layout(Map<String, ?> definition) {
    return layout(definition, Map.of());
  }

  static FactLayout layout(Map<String, ?> definition, Map<String, FieldType> derived) {
    return switch (SchemaReader.read(definition)) {
      case SchemaReader.Reading.Valid(Schema schema) -> new FactLayout(schema, derived);
      case SchemaReader.Reading.Invalid(var faults) -> throw new AssertionError(faults.toString());
    };
  }

  static Facts facts(FactLayout layout, Map<String, ?> raw) {
    return switch (FactReader.read(layout, raw, Location.root())) {
      case FactReader.Reading.Valid(var facts) -> facts;
      case FactReader.Reading.Invalid(var faults) -> throw new AssertionError(faults.toString());
    };
  }

  static List<Diagnostic> faults(FactLayout layout, Map<String, ?> raw) {
    return switch (FactReader.read(layout, raw, Location.root())) {
      case FactReader.Reading.Valid(var facts) ->
          throw new AssertionError(facts.objects().toString());
      case FactReader.Reading.Invalid(var faults) -> faults;
    };
  }

  /// What `User.x` of the declared type holds when it is sent so; `absent` when it then has no entry.
  static @Nullable Object value(Object declared, @Nullable Object raw) {
    Facts facts = facts(layout(Map.of("User", Map.of("x", declared))), user(raw));
    Map<String, @Nullable Object> user = facts.objects().getOrDefault("User", Map.of());
    return user.containsKey("x") ? user.get("x") : "absent";
  }

  static Diagnostic fault(Object declared, @Nullable Object raw) {
    List<Diagnostic> faults = faults(layout(Map.of("User", Map.of("x", declared))), user(raw));
    assertThat(faults).hasSize(1);
    return faults.getFirst();
  }

  static Map<String, Object> user(@Nullable Object raw) {
    Map<String, @Nullable Object> user = new HashMap<>();
    user.put("x", raw);
    return Map.of("User", user);
  }

  static String pointer(Diagnostic diagnostic) {
    return diagnostic.location() instanceof Location.Pointer(var value) ? value : "elsewhere";
  }
}
