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

  /// {@return the definition in its shortest form, as plain JSON values; reading it gives an equal schema}
  public Map<String, Object> definition() {
    return SchemaWriter.write(this);
  }
}
