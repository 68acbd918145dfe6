package dev.tenet.cel;

import dev.tenet.domain.evaluation.Facts;
import dev.tenet.domain.evaluation.ObjectLayout;
import dev.tenet.domain.schema.Field;
import dev.tenet.domain.schema.FieldType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An object of the facts. Each field is adapted when it is first read; confined to one thread.
final class Struct {

  private final StructShape shape;
  private final Fields fields;
  private final @Nullable Object[] adapted;

  /// Where the values of the fields come from.
  private interface Fields {

    /// {@return the value of a field that is not missing, or null when it is}
    @Nullable Object find(StructShape shape, int number);
  }

  private Struct(StructShape shape, Fields fields) {
    this.shape = shape;
    this.fields = fields;
    this.adapted = new @Nullable Object[shape.fields().size()];
  }

  /// {@return an object that is a map of the facts}
  static Struct of(StructShape shape, Map<?, ?> facts) {
    return new Struct(
        shape,
        (of, number) -> {
          Field field = of.field(number);
          Object raw = facts.get(field.name());
          return raw == null && !facts.containsKey(field.name())
              ? null
              : FactValues.adapt(raw, field.type(), of, field.name());
        });
  }

  /// {@return an object whose fields have slots}
  static Struct of(StructShape shape, Facts facts, ObjectLayout layout) {
    return new Struct(
        shape,
        (of, number) -> {
          int slot = layout.slot(number);
          if (!facts.present()[slot]) {
            return null;
          }
          Field field = of.field(number);
          ObjectLayout nested = layout.nested(number);
          return field.type() instanceof FieldType.ObjectOf && nested != null
              ? of(of.nested(field.name()), facts, nested)
              : FactValues.adapt(facts.value(field.type(), slot), field.type(), of, field.name());
        });
  }

  StructShape shape() {
    return shape;
  }

  /// {@return the value of the field, or null when it is missing}
  @Nullable Object find(int slot) {
    Object value = adapted[slot];
    if (value == null) {
      value = fields.find(shape, slot);
      adapted[slot] = value;
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
