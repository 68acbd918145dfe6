package dev.tenet.domain.schema;

import java.util.LinkedHashMap;
import java.util.Map;

/// Writes a schema as plain JSON values.
final class SchemaWriter {

  private SchemaWriter() {}

  static Map<String, Object> write(Schema schema) {
    Map<String, Object> definition = new LinkedHashMap<>();
    schema.objects().forEach((name, object) -> definition.put(name, fields(object)));
    return definition;
  }

  private static Map<String, Object> fields(FieldType.ObjectOf object) {
    Map<String, Object> fields = new LinkedHashMap<>();
    object.fields().forEach((name, field) -> fields.put(name, field(field)));
    return fields;
  }

  private static Object field(Field field) {
    Object type = type(field.type());
    boolean plain = field.description().isEmpty() && !field.sensitive();
    if (plain && !field.optional()) {
      return type;
    }
    if (plain && type instanceof String spelling) {
      return spelling + '?';
    }
    Map<String, Object> longForm = new LinkedHashMap<>();
    longForm.put("type", type);
    if (field.optional()) {
      longForm.put("optional", true);
    }
    if (!field.description().isEmpty()) {
      longForm.put("description", field.description());
    }
    if (field.sensitive()) {
      longForm.put("sensitive", true);
    }
    return longForm;
  }

  private static Object type(FieldType type) {
    return switch (type) {
      case FieldType.Scalar scalar -> scalar.spelling();
      case FieldType.Dyn dyn -> dyn.describe();
      case FieldType.EnumOf(var values) -> Map.of("enum", values);
      case FieldType.ListOf(var element) ->
          type(element) instanceof String spelling
              ? "list<" + spelling + ">"
              : Map.of("list", type(element));
      case FieldType.MapOf(var value) ->
          type(value) instanceof String spelling
              ? "map<string," + spelling + ">"
              : Map.of("map", type(value));
      case FieldType.ObjectOf object -> nested(object);
    };
  }

  /// A nested object whose own fields look like a long form is written with the key `object`, so that it is read back as one.
  private static Map<String, Object> nested(FieldType.ObjectOf object) {
    Map<String, Object> fields = fields(object);
    return SchemaReader.isLongForm(fields) ? Map.of("object", fields) : fields;
  }
}
