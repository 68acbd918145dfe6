package dev.tenet.domain.schema;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The type of a field.
public sealed interface FieldType {

  /// {@return the type as a person would name it in a message, such as `list<int>`}
  String describe();

  /// The eight scalar types.
  enum Scalar implements FieldType {
    /// A 64-bit signed integer.
    INT,
    /// The same as `int`.
    INT64,
    /// An IEEE 754 double; never NaN or infinite in facts.
    FLOAT64,
    STRING,
    BOOL,
    /// Base64 in JSON.
    BYTES,
    /// RFC 3339 in JSON, from the year 1 to 9999.
    TIMESTAMP,
    /// Such as `1h30m` or `90s` in JSON.
    DURATION;

    /// {@return how the type is written in a schema}
    public String spelling() {
      return name().toLowerCase(Locale.ROOT);
    }

    /// {@return the type written so; the spelling is case-sensitive}
    public static Optional<Scalar> spelled(String spelling) {
      return Arrays.stream(values()).filter(s -> s.spelling().equals(spelling)).findFirst();
    }

    @Override
    public String describe() {
      return spelling();
    }
  }

  /// Any JSON value; what a rule does with it is checked when it runs.
  record Dyn() implements FieldType {
    @Override
    public String describe() {
      return "dyn";
    }
  }

  /// A list of one element type.
  record ListOf(FieldType element) implements FieldType {
    @Override
    public String describe() {
      return "list<" + element.describe() + ">";
    }
  }

  /// A map from strings to one value type.
  record MapOf(FieldType value) implements FieldType {
    @Override
    public String describe() {
      return "map<string," + value.describe() + ">";
    }
  }

  /// A nested object.
  ///
  /// @param fields by name, in the order of the definition
  record ObjectOf(Map<String, Field> fields) implements FieldType {
    public ObjectOf {
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    @Override
    public String describe() {
      return "object";
    }
  }

  /// A string that is one of the given values.
  record EnumOf(List<String> values) implements FieldType {
    public EnumOf {
      values = List.copyOf(values);
    }

    @Override
    public String describe() {
      return "enum";
    }
  }
}
