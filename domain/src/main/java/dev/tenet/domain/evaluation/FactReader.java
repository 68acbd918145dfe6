package dev.tenet.domain.evaluation;

import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.diagnostic.Location.Pointer;
import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.domain.diagnostic.Spelling;
import dev.tenet.domain.schema.Field;
import dev.tenet.domain.schema.FieldType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads facts from plain JSON values, coerces them to the types of the schema and reports every value that contradicts
/// its type, with its JSON pointer.
///
/// What is missing is no fault here: only a rule that reads it fails. What the schema does not know is ignored. A
/// schema with one object also takes that object's fields directly ("flat" facts).
public final class FactReader {

  private static final int MOST_DIAGNOSTICS = 100;
  private static final double EXACT_INTEGERS = 0x1p53;
  private static final double LONGS = 0x1p63;

  /// What reading facts gives.
  public sealed interface Reading {
    /// The facts agree with the layout.
    record Valid(Facts facts) implements Reading {}

    /// Some values contradict their types: all of them, up to 100.
    record Invalid(List<Diagnostic> diagnostics) implements Reading {
      public Invalid {
        diagnostics = List.copyOf(diagnostics);
      }
    }
  }

  private final List<Diagnostic> diagnostics = new ArrayList<>();

  private FactReader() {}

  /// {@return the facts, or what contradicts the layout}
  ///
  /// @param raw a JSON object as plain values: `Map`, `List`, `String`, `Long`, `Double`, `Boolean` or null;
  ///     programs may give an `Integer`, too
  /// @param at where the facts stand in their document
  public static Reading read(FactLayout layout, Map<String, ?> raw, Pointer at) {
    FactReader reader = new FactReader();
    Facts facts = reader.facts(layout, raw, at);
    return reader.diagnostics.isEmpty()
        ? new Reading.Valid(facts)
        : new Reading.Invalid(reader.diagnostics);
  }

  private Facts facts(FactLayout layout, Map<String, ?> raw, Pointer at) {
    Map<String, FieldType.ObjectOf> declared = layout.schema().objects();
    Map<String, Map<String, @Nullable Object>> objects = new LinkedHashMap<>();
    if (declared.size() == 1 && declared.keySet().stream().noneMatch(raw::containsKey)) {
      declared.forEach(
          (name, type) -> {
            Map<String, @Nullable Object> object = object(type, raw, at);
            if (!object.isEmpty()) {
              objects.put(name, object);
            }
          });
    } else {
      declared.forEach(
          (name, type) -> {
            Object value = raw.get(name);
            if (value instanceof Map<?, ?> map) {
              objects.put(name, object(type, map, at.child(name)));
            } else if (raw.containsKey(name)) {
              mismatch("an object", value, at.child(name));
            }
          });
    }
    Map<String, Object> supplied = new LinkedHashMap<>();
    layout
        .derived()
        .forEach(
            (name, type) -> {
              Object value = raw.get(name);
              if (value != null) {
                read(type, value, at.child(name)).ifPresent(v -> supplied.put(name, v));
              }
            });
    return new Facts(objects, supplied);
  }

  private Map<String, @Nullable Object> object(FieldType.ObjectOf type, Map<?, ?> raw, Pointer at) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    for (Field field : type.fields().values()) {
      Object value = raw.get(field.name());
      if (value != null) {
        read(field.type(), value, at.child(field.name()))
            .ifPresent(v -> object.put(field.name(), v));
      } else if (raw.containsKey(field.name())) {
        nullValue(field, object, at.child(field.name()));
      }
    }
    return object;
  }

  private void nullValue(Field field, Map<String, @Nullable Object> object, Pointer at) {
    if (field.optional()) {
      return;
    }
    if (field.type() instanceof FieldType.Dyn) {
      object.put(field.name(), null);
      return;
    }
    report(
        "fact_type_mismatch",
        at,
        "Expected %s but found null; leave the field out, or declare it optional (\"%s?\") in the schema."
            .formatted(field.type().describe(), field.type().describe()),
        null);
  }

  private Optional<Object> read(FieldType type, @Nullable Object value, Pointer at) {
    return switch (type) {
      case FieldType.Dyn dyn -> Optional.ofNullable(value);
      case FieldType.Scalar scalar -> scalar(scalar, value, at);
      case FieldType.EnumOf(var values) -> enumeration(values, value, at);
      case FieldType.ListOf(var element) ->
          value instanceof List<?> list
              ? Optional.of(list(element, list, at))
              : mismatch("a list", value, at);
      case FieldType.MapOf(var element) ->
          value instanceof Map<?, ?> map
              ? Optional.of(map(element, map, at))
              : mismatch("an object", value, at);
      case FieldType.ObjectOf object ->
          value instanceof Map<?, ?> map
              ? Optional.of(object(object, map, at))
              : mismatch("an object", value, at);
    };
  }

  private List<@Nullable Object> list(FieldType element, List<?> raw, Pointer at) {
    List<@Nullable Object> list = new ArrayList<>(raw.size());
    for (int i = 0; i < raw.size(); i++) {
      element(element, raw.get(i), at, i, list);
    }
    return list;
  }

  private void element(
      FieldType element,
      @Nullable Object value,
      Pointer at,
      int index,
      List<@Nullable Object> list) {
    if (value == null && element instanceof FieldType.Dyn) {
      list.add(null);
    } else {
      read(element, value, at.child(index)).ifPresent(list::add);
    }
  }

  private Map<String, @Nullable Object> map(FieldType element, Map<?, ?> raw, Pointer at) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    raw.forEach(
        (key, value) -> {
          String name = (String) key;
          if (value == null && element instanceof FieldType.Dyn) {
            map.put(name, null);
          } else {
            read(element, value, at.child(name)).ifPresent(v -> map.put(name, v));
          }
        });
    return map;
  }

  private Optional<Object> enumeration(List<String> values, @Nullable Object value, Pointer at) {
    if (!(value instanceof String text)) {
      return mismatch("a string", value, at);
    }
    if (values.contains(text)) {
      return Optional.of(text);
    }
    String nearest = Spelling.nearest(text, values).orElse(null);
    report(
        "fact_not_in_enum",
        at,
        "The value is none of the enum's; expected one of %s.".formatted(sample(values)),
        nearest);
    return Optional.empty();
  }

  private static String sample(List<String> values) {
    int shown = Math.min(values.size(), 10);
    String list = String.join(", ", values.subList(0, shown).stream().map(Quoted::text).toList());
    return shown < values.size() ? list + ", …" : list;
  }

  private Optional<Object> scalar(FieldType.Scalar type, @Nullable Object value, Pointer at) {
    return switch (type) {
      case INT, INT64 -> integer(value, at);
      case FLOAT64 ->
          value instanceof Number number
              ? floating(number.doubleValue(), at)
              : mismatch("a number", value, at);
      case STRING -> value instanceof String ? Optional.of(value) : mismatch("a string", value, at);
      case BOOL ->
          value instanceof Boolean ? Optional.of(value) : mismatch("true or false", value, at);
      case BYTES ->
          value instanceof String text
              ? bytes(text, at)
              : mismatch("a string in Base64", value, at);
      case TIMESTAMP ->
          parsed(
              value instanceof String text ? Timestamps.parse(text) : Optional.empty(),
              "a timestamp such as \"2026-01-31T08:30:00Z\" (RFC 3339)",
              value,
              at);
      case DURATION ->
          parsed(
              value instanceof String text ? Durations.parse(text) : Optional.empty(),
              "a duration such as \"1h30m\" or \"90s\"",
              value,
              at);
    };
  }

  private Optional<Object> floating(double value, Pointer at) {
    if (Double.isFinite(value)) {
      return Optional.of(value);
    }
    report("fact_type_mismatch", at, "The number is beyond the range of float64.", null);
    return Optional.empty();
  }

  /// JSON does not tell 25 from 25.0; both are integers, as long as a double holds them exactly.
  private Optional<Object> integer(@Nullable Object value, Pointer at) {
    if (value instanceof Long) {
      return Optional.of(value);
    }
    if (value instanceof Integer number) {
      return Optional.of(number.longValue());
    }
    if (value instanceof Double number) {
      double d = number;
      if (d == Math.rint(d) && Math.abs(d) <= EXACT_INTEGERS) {
        return Optional.of((long) d);
      }
      report("fact_type_mismatch", at, notExact(d), null);
      return Optional.empty();
    }
    return mismatch("an integer", value, at);
  }

  private static String notExact(double number) {
    if (number != Math.rint(number)) {
      return "Expected an integer but found a fraction; declare the field float64 if fractions are meant.";
    }
    return Math.abs(number) < LONGS
        ? "The number is too large to be exact with a fraction or an exponent; write its digits only."
        : "The number is beyond the 64-bit integers.";
  }

  private Optional<Object> bytes(String text, Pointer at) {
    try {
      return Optional.of(Bytes.ofBase64(text));
    } catch (IllegalArgumentException notBase64) {
      return malformed("a string in Base64", at);
    }
  }

  private Optional<Object> parsed(
      Optional<? extends Object> parsed, String expected, @Nullable Object value, Pointer at) {
    if (parsed.isPresent()) {
      return Optional.of(parsed.get());
    }
    return value instanceof String ? malformed(expected, at) : mismatch(expected, value, at);
  }

  private Optional<Object> malformed(String expected, Pointer at) {
    report(
        "fact_type_mismatch",
        at,
        "Expected %s but found a string of another form.".formatted(expected),
        null);
    return Optional.empty();
  }

  private Optional<Object> mismatch(String expected, @Nullable Object value, Pointer at) {
    report(
        "fact_type_mismatch",
        at,
        "Expected %s but found %s.".formatted(expected, kind(value)),
        null);
    return Optional.empty();
  }

  /// The kind only: a value may be sensitive.
  private static String kind(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case Boolean b -> "a boolean";
      case Number n -> "a number";
      case String s -> "a string";
      case List<?> l -> "a list";
      default -> "an object";
    };
  }

  private void report(String code, Location at, String message, @Nullable String suggestion) {
    if (diagnostics.size() < MOST_DIAGNOSTICS) {
      diagnostics.add(Diagnostic.error(code, at, message, suggestion));
    }
  }
}
