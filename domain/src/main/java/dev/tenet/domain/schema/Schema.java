package dev.tenet.domain.schema;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What facts a tenant speaks of.
///
/// @param objects by name, in the order of the definition
public record Schema(Map<String, FieldType.ObjectOf> objects) {
  public Schema {
    objects = Collections.unmodifiableMap(new LinkedHashMap<>(objects));
  }

  /// {@return whether any field of it is sensitive}
  public boolean isSensitive() {
    return objects.values().stream().anyMatch(Schema::isSensitive);
  }

  private static boolean isSensitive(FieldType type) {
    return switch (type) {
      case FieldType.ObjectOf(var fields) ->
          fields.values().stream()
              .anyMatch(field -> field.sensitive() || isSensitive(field.type()));
      case FieldType.ListOf(var element) -> isSensitive(element);
      case FieldType.MapOf(var value) -> isSensitive(value);
      default -> false;
    };
  }

  /// {@return the definition in its shortest form, as plain JSON values; reading it gives an equal schema}
  public Map<String, Object> definition() {
    return SchemaWriter.write(this);
  }
}
