package dev.tenet.domain.schema;

import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.domain.diagnostic.Spelling;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads a schema definition from plain JSON values and reports all of its faults at once.
///
/// A definition maps object names to objects, and an object maps field names to types. A type is one of
///
/// - a spelling: a scalar, `dyn`, `list<T>` or `map<string,T>`, with a `?` behind it when the field is optional;
/// - a long form: an object with exactly one of the keys `type`, `enum`, `list`, `map`, `object` and, besides it, nothing
///   but `description`, `optional` and `sensitive`;
/// - any other object: a nested object, field by field.
public final class SchemaReader {

  /// The most objects in a schema.
  public static final int MOST_OBJECTS = 100;

  /// The most fields in an object.
  public static final int MOST_FIELDS = 200;

  /// The most values in an enum.
  public static final int MOST_ENUM_VALUES = 1000;

  /// How deep types may nest, the object itself included.
  public static final int DEEPEST = 10;

  private static final int LONGEST_DESCRIPTION = 1000;
  private static final int LONGEST_ENUM_VALUE = 255;
  private static final int MOST_DIAGNOSTICS = 100;
  private static final Set<String> STRUCTURE = Set.of("type", "enum", "list", "map", "object");
  private static final Set<String> ANNOTATIONS = Set.of("description", "optional", "sensitive");
  private static final List<String> SPELLINGS =
      Stream.concat(
              Arrays.stream(FieldType.Scalar.values()).map(FieldType.Scalar::spelling),
              Stream.of("dyn"))
          .toList();
  private static final String TYPES =
      "The types are int, int64, float64, string, bool, bytes, timestamp, duration, dyn, list<T>, map<string,T>, "
          + "{\"enum\": [...]} and nested objects.";

  /// What reading a definition gives.
  public sealed interface Reading {
    /// The definition is a schema.
    record Valid(Schema schema) implements Reading {}

    /// The definition has faults: all of them, up to 100.
    record Invalid(List<Diagnostic> diagnostics) implements Reading {
      public Invalid {
        diagnostics = List.copyOf(diagnostics);
      }
    }
  }

  private final List<Diagnostic> diagnostics = new ArrayList<>();

  private SchemaReader() {}

  /// {@return the schema that `definition` describes, or all of its faults}
  ///
  /// @param definition a plain JSON value: `Map`, `List`, `String`, `Long`, `Double`, `Boolean` or null
  public static Reading read(@Nullable Object definition) {
    SchemaReader reader = new SchemaReader();
    Schema schema = reader.schema(definition);
    return reader.diagnostics.isEmpty()
        ? new Reading.Valid(schema)
        : new Reading.Invalid(reader.diagnostics);
  }

  static boolean isLongForm(Map<String, ?> object) {
    long structural = object.keySet().stream().filter(STRUCTURE::contains).count();
    return structural == 1
        && object.keySet().stream().allMatch(k -> STRUCTURE.contains(k) || ANNOTATIONS.contains(k));
  }

  private Schema schema(@Nullable Object definition) {
    Map<String, FieldType.ObjectOf> objects = new LinkedHashMap<>();
    if (definition == null) {
      fault(
          "definition_required",
          "definition",
          "The definition is required, for example {\"User\": {\"Age\": \"int\"}}.");
    } else if (!(definition instanceof Map<?, ?> map)) {
      fault(
          "definition_invalid",
          "definition",
          "The definition must be a JSON object from object names to fields, for example {\"User\": {\"Age\": \"int\"}}.");
    } else if (map.isEmpty()) {
      fault(
          "schema_empty",
          "definition",
          "The definition is empty; define at least one object, for example {\"User\": {\"Age\": \"int\"}}.");
    } else {
      if (map.size() > MOST_OBJECTS) {
        fault(
            "too_many_objects",
            "definition",
            "The definition has %d objects; at most %d are allowed."
                .formatted(map.size(), MOST_OBJECTS));
      }
      map.forEach((name, value) -> object((String) name, value, objects));
    }
    return new Schema(objects);
  }

  private void object(
      String name, @Nullable Object value, Map<String, FieldType.ObjectOf> objects) {
    Identifier.fault(name, "object name", Location.field(name)).ifPresent(this::report);
    if (value instanceof Map<?, ?> fields) {
      objects.put(name, fields(name, fields, 1));
    } else {
      fault(
          "object_invalid",
          name,
          "The object %s must be a JSON object from field names to types, for example {\"Age\": \"int\"}."
              .formatted(Quoted.text(name)));
    }
  }

  private FieldType.ObjectOf fields(String path, Map<?, ?> raw, int depth) {
    Map<String, Field> fields = new LinkedHashMap<>();
    if (raw.isEmpty()) {
      fault(
          "object_empty",
          path,
          "The object %s is empty; give it at least one field, for example {\"Age\": \"int\"}."
              .formatted(Quoted.text(path)));
    }
    if (raw.size() > MOST_FIELDS) {
      fault(
          "too_many_fields",
          path,
          "The object %s has %d fields; at most %d are allowed."
              .formatted(Quoted.text(path), raw.size(), MOST_FIELDS));
    }
    raw.forEach(
        (key, value) -> {
          String name = (String) key;
          String fieldPath = path + '.' + name;
          Identifier.fault(name, "field name", Location.field(fieldPath)).ifPresent(this::report);
          fields.put(name, field(name, fieldPath, value, depth + 1));
        });
    return new FieldType.ObjectOf(fields);
  }

  private Field field(String name, String path, @Nullable Object value, int depth) {
    if (value instanceof String spelling) {
      boolean optional = spelling.endsWith("?");
      String type = optional ? spelling.substring(0, spelling.length() - 1) : spelling;
      return new Field(name, spelled(type, path, depth), optional, "", false);
    }
    if (value instanceof Map<?, ?> raw) {
      Map<String, ?> map = strings(raw);
      Optional<String> misspelt = misspeltAnnotation(map);
      if (misspelt.isPresent()) {
        String meant = Spelling.nearest(misspelt.get(), ANNOTATIONS).orElseThrow();
        report(
            Diagnostic.error(
                "type_invalid",
                Location.field(path),
                "%s of %s is no type; did you mean \"%s\"?"
                    .formatted(Quoted.text(misspelt.get()), Quoted.text(path), meant),
                meant));
        return new Field(name, new FieldType.Dyn(), false, "", false);
      }
      if (isLongForm(map)) {
        return longForm(name, path, map, depth);
      }
    }
    return new Field(name, type(value, path, depth), false, "", false);
  }

  /// What looks like a field of an object beside `type`, but has the value of an annotation.
  private static Optional<String> misspeltAnnotation(Map<String, ?> map) {
    return Collections.disjoint(map.keySet(), STRUCTURE)
        ? Optional.empty()
        : map.keySet().stream()
            .filter(key -> !STRUCTURE.contains(key) && !ANNOTATIONS.contains(key))
            .filter(
                key ->
                    map.get(key) instanceof Boolean
                        || (map.get(key) instanceof String text
                            && text.contains(" ")
                            && !text.contains("<")))
            .filter(key -> Spelling.nearest(key, ANNOTATIONS).isPresent())
            .findFirst();
  }

  private Field longForm(String name, String path, Map<String, ?> map, int depth) {
    Object type = map.get("type");
    boolean optionalSpelling = type instanceof String spelling && spelling.endsWith("?");
    FieldType read =
        type instanceof String spelling
            ? spelled(
                optionalSpelling ? spelling.substring(0, spelling.length() - 1) : spelling,
                path,
                depth)
            : map.containsKey("type") ? type(type, path, depth) : structured(map, path, depth);
    String description = "";
    if (map.get("description") instanceof String text) {
      description = text;
      if (text.length() > LONGEST_DESCRIPTION) {
        fault(
            "description_too_long",
            path,
            "The description of %s has %d characters; at most %d are allowed."
                .formatted(Quoted.text(path), text.length(), LONGEST_DESCRIPTION));
      }
    } else if (map.containsKey("description")) {
      fault(
          "description_invalid",
          path,
          "The description of %s must be a string, for example {\"type\": \"int\", \"description\": \"in years\"}."
              .formatted(Quoted.text(path)));
    }
    boolean optional = flag(map, "optional", path) || optionalSpelling;
    return new Field(name, read, optional, description, flag(map, "sensitive", path));
  }

  private boolean flag(Map<String, ?> map, String key, String path) {
    Object value = map.get(key);
    if (value instanceof Boolean flag) {
      return flag;
    }
    if (map.containsKey(key)) {
      fault(
          key + "_invalid",
          path,
          "\"%s\" of %s must be true or false, for example {\"type\": \"string\", \"%s\": true}."
              .formatted(key, Quoted.text(path), key));
    }
    return false;
  }

  /// A type where no field stands around it: an element, a value, the content of a long form.
  private FieldType type(@Nullable Object value, String path, int depth) {
    if (tooDeep(path, depth)) {
      return new FieldType.Dyn();
    }
    if (value instanceof String spelling) {
      return spelled(spelling, path, depth);
    }
    if (value instanceof Map<?, ?> raw) {
      Map<String, ?> map = strings(raw);
      if (!isLongForm(map)) {
        return fields(path, map, depth);
      }
      if (map.size() == 1) {
        return map.containsKey("type")
            ? type(map.get("type"), path, depth + 1)
            : structure(map, path, depth);
      }
      fault(
          "type_invalid",
          path,
          "In %s, \"description\", \"optional\" and \"sensitive\" belong to a field, not to the type inside a list, a map or another type; write for example {\"list\": \"string\", \"optional\": true}."
              .formatted(Quoted.text(path)));
      return new FieldType.Dyn();
    }
    fault(
        "type_invalid",
        path,
        "The type of %s must be a string such as \"int\" or an object. %s"
            .formatted(Quoted.text(path), TYPES));
    return new FieldType.Dyn();
  }

  private FieldType structured(Map<String, ?> map, String path, int depth) {
    return tooDeep(path, depth) ? new FieldType.Dyn() : structure(map, path, depth);
  }

  private FieldType structure(Map<String, ?> map, String path, int depth) {
    if (map.containsKey("enum")) {
      return enumeration(map.get("enum"), path);
    }
    if (map.containsKey("list")) {
      return new FieldType.ListOf(type(map.get("list"), path, depth + 1));
    }
    if (map.containsKey("map")) {
      return new FieldType.MapOf(type(map.get("map"), path, depth + 1));
    }
    if (map.get("object") instanceof Map<?, ?> fields) {
      return fields(path, strings(fields), depth);
    }
    fault(
        "object_invalid",
        path,
        "\"object\" of %s must be a JSON object from field names to types, for example {\"object\": {\"Age\": \"int\"}}."
            .formatted(Quoted.text(path)));
    return new FieldType.Dyn();
  }

  private FieldType enumeration(@Nullable Object values, String path) {
    Set<String> read = new LinkedHashSet<>();
    boolean valid =
        values instanceof List<?> list && !list.isEmpty() && list.size() <= MOST_ENUM_VALUES;
    if (values instanceof List<?> list) {
      for (Object value : list) {
        valid &=
            value instanceof String text && text.length() <= LONGEST_ENUM_VALUE && read.add(text);
      }
    }
    if (!valid) {
      fault(
          "enum_invalid",
          path,
          "The enum of %s must be a list of 1 to %d different strings of at most %d characters, for example {\"enum\": [\"visa\", \"mastercard\"]}."
              .formatted(Quoted.text(path), MOST_ENUM_VALUES, LONGEST_ENUM_VALUE));
    }
    return new FieldType.EnumOf(List.copyOf(read));
  }

  private FieldType spelled(String spelling, String path, int depth) {
    if (tooDeep(path, depth)) {
      return new FieldType.Dyn();
    }
    if (spelling.isEmpty()) {
      fault("type_empty", path, "The type of %s is empty. %s".formatted(Quoted.text(path), TYPES));
      return new FieldType.Dyn();
    }
    if (!spelling.strip().equals(spelling)) {
      fault(
          "type_whitespace",
          path,
          "The type %s of %s has white space around it; write it without, for example \"int\"."
              .formatted(Quoted.text(spelling), Quoted.text(path)));
      return new FieldType.Dyn();
    }
    if (spelling.startsWith("list<") && spelling.endsWith(">")) {
      return new FieldType.ListOf(
          spelled(spelling.substring(5, spelling.length() - 1), path, depth + 1));
    }
    if (spelling.startsWith("map<string,") && spelling.endsWith(">")) {
      return new FieldType.MapOf(
          spelled(spelling.substring(11, spelling.length() - 1).strip(), path, depth + 1));
    }
    if (spelling.equals("dyn")) {
      return new FieldType.Dyn();
    }
    var scalar = FieldType.Scalar.spelled(spelling);
    if (scalar.isPresent()) {
      return scalar.get();
    }
    String suggestion = suggestion(spelling);
    report(
        Diagnostic.error(
            "type_unknown",
            Location.field(path),
            "Unknown type %s of %s%s. %s"
                .formatted(
                    Quoted.text(spelling),
                    Quoted.text(path),
                    suggestion == null ? "" : "; did you mean \"" + suggestion + "\"?",
                    TYPES)
                .replace("?. ", "? "),
            suggestion));
    return new FieldType.Dyn();
  }

  private static @Nullable String suggestion(String spelling) {
    String known =
        switch (spelling) {
          case "double", "float", "decimal", "number", "real" -> "float64";
          case "integer", "long", "int32", "bigint" -> "int";
          case "varchar", "text", "char", "uuid" -> "string";
          case "boolean" -> "bool";
          case "date", "datetime", "time" -> "timestamp";
          case "array" -> "list<string>";
          case "object", "json", "any" -> "dyn";
          default -> null;
        };
    return known != null ? known : Spelling.nearest(spelling, SPELLINGS).orElse(null);
  }

  private boolean tooDeep(String path, int depth) {
    if (depth <= DEEPEST) {
      return false;
    }
    fault(
        "schema_too_deep",
        path,
        "The type of %s nests deeper than %d levels.".formatted(Quoted.text(path), DEEPEST));
    return true;
  }

  @SuppressWarnings("unchecked") // JSON objects have string keys
  private static Map<String, ?> strings(Map<?, ?> map) {
    return (Map<String, ?>) map;
  }

  private void fault(String code, String field, String message) {
    report(Diagnostic.error(code, Location.field(field), message));
  }

  private void report(Diagnostic diagnostic) {
    if (diagnostics.size() < MOST_DIAGNOSTICS) {
      diagnostics.add(diagnostic);
    }
  }
}
