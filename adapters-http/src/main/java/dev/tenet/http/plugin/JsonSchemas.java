package dev.tenet.http.plugin;

import dev.tenet.domain.schema.Field;
import dev.tenet.domain.schema.FieldType;
import dev.tenet.domain.schema.FieldType.Scalar;
import dev.tenet.domain.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Types as JSON Schema (2020-12) says them.
final class JsonSchemas {

  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
  private static final String TYPE = "type";
  private static final String STRING = "string";
  private static final String DURATION =
      "^[+-]?(0|([0-9]{1,18}(\\.[0-9]{1,18})?(ns|us|µs|ms|s|m|h))+)$";

  private JsonSchemas() {}

  /// {@return the schema of the facts of a tenant: what is left out is only missed by rules that read it}
  static Map<String, Object> facts(Schema schema) {
    Map<String, Object> objects = new LinkedHashMap<>();
    schema.objects().forEach((name, object) -> objects.put(name, value(object)));
    return document(object(objects));
  }

  /// {@return the schema of an input: nothing more than the parameters, and all that are not optional}
  static Map<String, Object> input(FieldType.ObjectOf input) {
    Map<String, Object> json = object(properties(input));
    List<String> required = new ArrayList<>();
    for (Field field : input.fields().values()) {
      if (!field.optional() && !(field.type() instanceof FieldType.Dyn)) {
        required.add(field.name());
      }
    }
    json.put("required", required);
    json.put("additionalProperties", false);
    return document(json);
  }

  /// {@return the schema of a value}
  static Map<String, Object> document(FieldType type) {
    return document(value(type));
  }

  private static Map<String, Object> document(Map<String, Object> schema) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("$schema", DIALECT);
    json.putAll(schema);
    return json;
  }

  private static Map<String, Object> object(Map<String, Object> properties) {
    return typed("object", "properties", properties);
  }

  private static Map<String, Object> typed(String type) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put(TYPE, type);
    return json;
  }

  private static Map<String, Object> typed(String type, String keyword, Object value) {
    Map<String, Object> json = typed(type);
    json.put(keyword, value);
    return json;
  }

  private static Map<String, Object> properties(FieldType.ObjectOf object) {
    Map<String, Object> properties = new LinkedHashMap<>();
    object.fields().forEach((name, field) -> properties.put(name, field(field)));
    return properties;
  }

  /// An optional field may be null, which is the same as leaving it out.
  private static Map<String, Object> field(Field field) {
    Map<String, Object> json = value(field.type());
    if (field.optional() && json.containsKey(TYPE)) {
      json.put(TYPE, List.of(json.get(TYPE), "null"));
    }
    if (!field.description().isEmpty()) {
      json.put("description", field.description());
    }
    return json;
  }

  private static Map<String, Object> value(FieldType type) {
    return switch (type) {
      case Scalar scalar -> scalar(scalar);
      case FieldType.Dyn() -> new LinkedHashMap<>();
      case FieldType.ListOf(var element) -> typed("array", "items", value(element));
      case FieldType.MapOf(var value) -> typed("object", "additionalProperties", value(value));
      case FieldType.ObjectOf object -> object(properties(object));
      case FieldType.EnumOf(var values) -> typed(STRING, "enum", values);
    };
  }

  private static Map<String, Object> scalar(Scalar scalar) {
    return switch (scalar) {
      case INT, INT64 -> {
        Map<String, Object> json = typed("integer", "minimum", Long.MIN_VALUE);
        json.put("maximum", Long.MAX_VALUE);
        yield json;
      }
      case FLOAT64 -> typed("number");
      case STRING -> typed(STRING);
      case BOOL -> typed("boolean");
      case BYTES -> typed(STRING, "contentEncoding", "base64");
      case TIMESTAMP -> typed(STRING, "format", "date-time");
      case DURATION -> typed(STRING, "pattern", DURATION);
    };
  }
}
