package dev.tenet.domain.schema;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads definitions for tests.
final class Definitions {

  private Definitions() {}

  static Schema valid(@Nullable Object definition) {
    return switch (SchemaReader.read(definition)) {
      case SchemaReader.Reading.Valid(var schema) -> schema;
      case SchemaReader.Reading.Invalid(var diagnostics) ->
          throw new AssertionError("not valid: " + diagnostics);
    };
  }

  static List<Diagnostic> faults(@Nullable Object definition) {
    return switch (SchemaReader.read(definition)) {
      case SchemaReader.Reading.Valid(var schema) -> throw new AssertionError("valid: " + schema);
      case SchemaReader.Reading.Invalid(var diagnostics) -> diagnostics;
    };
  }

  static Diagnostic fault(@Nullable Object definition) {
    List<Diagnostic> faults = faults(definition);
    assertThat(faults).hasSize(1);
    return faults.getFirst();
  }

  /// The type of `User.x`, declared so.
  static FieldType type(Object declared) {
    return field(declared).type();
  }

  static Field field(Object declared) {
    return requireNonNull(fields(valid(user(declared)), "User").get("x"));
  }

  static Map<String, Field> fields(Schema schema, String object) {
    return requireNonNull(schema.objects().get(object)).fields();
  }

  static Map<String, Object> user(@Nullable Object declared) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("x", declared);
    return Map.of("User", fields);
  }

  /// As many members as wanted, all with the same value.
  static Map<String, Object> members(String prefix, int count, Object value) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      members.put(prefix + i, value);
    }
    return members;
  }

  static String place(Diagnostic diagnostic) {
    return diagnostic.location() instanceof Location.Field(var name) ? name : "elsewhere";
  }
}
