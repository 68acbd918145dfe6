package dev.tenet.cel;

import dev.tenet.domain.schema.Field;
import dev.tenet.domain.schema.FieldType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The fields of an object of a schema, in slots.
final class StructShape {

  private final String path;
  private final List<Field> fields;
  private final Map<String, Integer> slots = new HashMap<>();
  private final Map<String, StructShape> nested = new HashMap<>();

  /// @param path how a person finds the object in the schema, such as `User.Profile`
  StructShape(String path, FieldType.ObjectOf type) {
    this.path = path;
    this.fields = List.copyOf(type.fields().values());
    for (Field field : fields) {
      slots.put(field.name(), slots.size());
      innermost(field.type())
          .forEach(
              object ->
                  nested.put(field.name(), new StructShape(path + '.' + field.name(), object)));
    }
  }

  /// {@return the object that the type is or holds, if any}
  static List<FieldType.ObjectOf> innermost(FieldType type) {
    List<FieldType.ObjectOf> objects = new ArrayList<>(1);
    switch (type) {
      case FieldType.ObjectOf object -> objects.add(object);
      case FieldType.ListOf(var element) -> objects.addAll(innermost(element));
      case FieldType.MapOf(var element) -> objects.addAll(innermost(element));
      default -> {}
    }
    return objects;
  }

  String path() {
    return path;
  }

  List<Field> fields() {
    return fields;
  }

  /// {@return the slot of a field, or -1}
  int slot(String field) {
    return slots.getOrDefault(field, -1);
  }

  Field field(int slot) {
    return fields.get(slot);
  }

  /// {@return the shape of the objects that a field is or holds}
  StructShape nested(String field) {
    StructShape shape = nested.get(field);
    if (shape == null) {
      throw new IllegalArgumentException("not an object: " + path + '.' + field);
    }
    return shape;
  }
}
