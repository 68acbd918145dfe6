package dev.tenet.cel;

import dev.tenet.domain.schema.Field;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An object of the facts. Each field is adapted when it is first read; confined to one thread.
final class Struct {

  private final StructShape shape;
  private final Map<?, ?> facts;
  private final @Nullable Object[] adapted;

  Struct(StructShape shape, Map<?, ?> facts) {
    this.shape = shape;
    this.facts = facts;
    this.adapted = new @Nullable Object[shape.fields().size()];
  }

  StructShape shape() {
    return shape;
  }

  /// {@return the value of the field, or null when it is missing}
  @Nullable Object find(int slot) {
    Object value = adapted[slot];
    if (value == null) {
      Field field = shape.field(slot);
      Object raw = facts.get(field.name());
      if (raw != null || facts.containsKey(field.name())) {
        value = FactValues.adapt(raw, field.type(), shape, field.name());
        adapted[slot] = value;
      }
    }
    return value;
  }

  /// {@return the value of the field, or null when it is missing or there is no such field}
  @Nullable Object find(String field) {
    int slot = shape.slot(field);
    return slot < 0 ? null : find(slot);
  }

  /// {@return the fields that are not missing, by name}
  Map<String, Object> present() {
    Map<String, Object> present = new LinkedHashMap<>();
    for (Field field : shape.fields()) {
      Object value = find(field.name());
      if (value != null) {
        present.put(field.name(), value);
      }
    }
    return present;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Struct struct
        && struct.shape.equals(shape)
        && Objects.equals(struct.present(), present());
  }

  @Override
  public int hashCode() {
    return present().hashCode();
  }

  @Override
  public String toString() {
    return shape.path();
  }
}
