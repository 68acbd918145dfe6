package dev.tenet.domain.evaluation;

import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.domain.diagnostic.Spelling;
import dev.tenet.domain.evaluation.FactSource.Kind;
import dev.tenet.domain.schema.Field;
import dev.tenet.domain.schema.FieldType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads values of facts and reports those that contradict their type.
///
/// @param <X> what reading the JSON may fail with
final class FactValueReader<X extends Exception> {

  private static final double EXACT_INTEGERS = 0x1p53;
  private static final double LONGS = 0x1p63;
  private static final int FIRST_ELEMENTS = 16;

  private final FactSource<X> source;
  private final FactFaults faults;

  FactValueReader(FactSource<X> source, FactFaults faults) {
    this.source = source;
    this.faults = faults;
  }

  /// Passes over a null.
  ///
  /// @return whether the field holds it
  boolean isNull(Field field) throws X {
    source.skip();
    if (field.optional()) {
      return false;
    }
    if (field.type() instanceof FieldType.Dyn) {
      return true;
    }
    faults.report(
        "fact_type_mismatch",
        "Expected %s but found null; leave the field out, or declare it optional (%s) in the schema."
            .formatted(field.type().describe(), optional(field.type())),
        null);
    return false;
  }

  private static String optional(FieldType type) {
    return isSpelt(type) ? "\"%s?\"".formatted(type.describe()) : "\"optional\": true";
  }

  /// {@return whether the description of the type is how a schema writes it}
  private static boolean isSpelt(FieldType type) {
    return switch (type) {
      case FieldType.EnumOf _, FieldType.ObjectOf _ -> false;
      case FieldType.ListOf(var element) -> isSpelt(element);
      case FieldType.MapOf(var value) -> isSpelt(value);
      default -> true;
    };
  }

  /// {@return the value that comes next, unless it contradicts the type; a null has no type but `dyn`, and none here}
  ///
  /// @param nested where the fields are of the objects that the type is or holds
  Optional<Object> read(FieldType type, @Nullable ObjectLayout nested) throws X {
    return switch (type) {
      case FieldType.Dyn dyn -> Optional.ofNullable(source.plain());
      case FieldType.Scalar scalar -> scalar(scalar);
      case FieldType.EnumOf(var values) -> enumeration(values);
      case FieldType.ListOf(var element) ->
          source.kind() == Kind.LIST ? Optional.of(list(element, nested)) : mismatch("a list");
      case FieldType.MapOf(var element) ->
          source.kind() == Kind.OBJECT ? Optional.of(map(element, nested)) : mismatch("an object");
      case FieldType.ObjectOf object ->
          source.kind() == Kind.OBJECT && nested != null
              ? Optional.of(element(nested))
              : mismatch("an object");
    };
  }

  private Object list(FieldType element, @Nullable ObjectLayout nested) throws X {
    return switch (element) {
      case FieldType.Scalar.INT, FieldType.Scalar.INT64 -> integers();
      case FieldType.Scalar.FLOAT64 -> reals();
      default -> values(element, nested);
    };
  }

  private List<@Nullable Object> values(FieldType element, @Nullable ObjectLayout nested) throws X {
    List<@Nullable Object> list = new ArrayList<>();
    source.list();
    for (int index = 0; source.element(); index++) {
      faults.enter(index);
      if (element instanceof FieldType.Dyn) {
        list.add(source.plain());
      } else {
        read(element, nested).ifPresent(list::add);
      }
      faults.leave();
    }
    return Collections.unmodifiableList(list);
  }

  private List<Long> integers() throws X {
    long[] values = new long[FIRST_ELEMENTS];
    int size = 0;
    source.list();
    for (int index = 0; source.element(); index++) {
      long value = source.kind() == Kind.INTEGER ? source.integer() : integerAt(index);
      values = size == values.length ? Arrays.copyOf(values, 2 * size) : values;
      values[size++] = value;
    }
    return IntegerList.of(values, size);
  }

  /// {@return the integer that comes next as an element of a list, or 0 when it is none}
  private long integerAt(int index) throws X {
    faults.enter(index);
    long value = integer().orElse(0L);
    faults.leave();
    return value;
  }

  private List<Double> reals() throws X {
    double[] values = new double[FIRST_ELEMENTS];
    int size = 0;
    source.list();
    for (int index = 0; source.element(); index++) {
      double value = realAt(index);
      values = size == values.length ? Arrays.copyOf(values, 2 * size) : values;
      values[size++] = value;
    }
    return RealList.of(values, size);
  }

  private Map<String, @Nullable Object> map(FieldType element, @Nullable ObjectLayout nested)
      throws X {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    source.object();
    for (String name = source.member(); name != null; name = source.member()) {
      String key = name;
      faults.enter(key);
      if (element instanceof FieldType.Dyn) {
        map.put(key, source.plain());
      } else {
        read(element, nested).ifPresent(value -> map.put(key, value));
      }
      faults.leave();
    }
    return Collections.unmodifiableMap(map);
  }

  private FactRecord element(ObjectLayout object) throws X {
    FactRecord values = new FactRecord(object);
    FieldNames names = object.names();
    source.object();
    for (int number = source.member(names);
        number != FactSource.END;
        number = source.member(names)) {
      if (number < 0) {
        source.skip();
        continue;
      }
      Field field = object.field(number);
      faults.enter(field);
      if (source.kind() == Kind.NULL) {
        if (isNull(field)) {
          values.set(number, null);
        }
      } else {
        Object value = read(field.type(), object.nested(number)).orElse(null);
        if (value != null) {
          values.set(number, value);
        }
      }
      faults.leave();
    }
    return values;
  }

  private Optional<Object> enumeration(List<String> values) throws X {
    if (source.kind() != Kind.TEXT) {
      return mismatch("a string");
    }
    String text = source.text();
    int known = values.indexOf(text);
    if (known >= 0) {
      return Optional.of(values.get(known));
    }
    String nearest = Spelling.nearest(text, values).orElse(null);
    faults.report(
        "fact_not_in_enum",
        "The value is none of the enum's; expected one of %s.".formatted(sample(values)),
        nearest);
    return Optional.empty();
  }

  private static String sample(List<String> values) {
    int shown = Math.min(values.size(), 10);
    String list = String.join(", ", values.subList(0, shown).stream().map(Quoted::text).toList());
    return shown < values.size() ? list + ", …" : list;
  }

  private Optional<Object> scalar(FieldType.Scalar type) throws X {
    return switch (type) {
      case INT, INT64 -> integer().map(value -> (Object) value);
      case FLOAT64 -> real().map(value -> (Object) value);
      case BOOL ->
          source.kind() == Kind.TRUTH ? Optional.of(source.truth()) : mismatch("true or false");
      case STRING -> source.kind() == Kind.TEXT ? Optional.of(source.text()) : mismatch("a string");
      case BYTES -> parsed("a string in Base64", FactValueReader::bytes);
      case TIMESTAMP ->
          parsed("a timestamp such as \"2026-01-31T08:30:00Z\" (RFC 3339)", Timestamps::parse);
      case DURATION -> parsed("a duration such as \"1h30m\" or \"90s\"", Durations::parse);
    };
  }

  static boolean isNumber(Kind kind) {
    return kind == Kind.INTEGER || kind == Kind.REAL;
  }

  /// {@return the number that comes next as an element of a list, or 0 when it is none}
  private double realAt(int index) throws X {
    faults.enter(index);
    double value = real().orElse(0.0);
    faults.leave();
    return value;
  }

  private Optional<Double> real() throws X {
    if (!isNumber(source.kind())) {
      mismatch("a number");
      return Optional.empty();
    }
    double value = source.real();
    return isFinite(value) ? Optional.of(value) : Optional.empty();
  }

  boolean isFinite(double value) {
    if (!Double.isFinite(value)) {
      faults.report("fact_type_mismatch", "The number is beyond the range of float64.", null);
    }
    return Double.isFinite(value);
  }

  /// JSON does not tell 25 from 25.0; both are integers, as long as a double holds them exactly.
  Optional<Long> integer() throws X {
    if (source.kind() == Kind.INTEGER) {
      return Optional.of(source.integer());
    }
    if (source.kind() != Kind.REAL) {
      mismatch("an integer");
      return Optional.empty();
    }
    double number = source.real();
    if (number == Math.rint(number) && Math.abs(number) <= EXACT_INTEGERS) {
      return Optional.of((long) number);
    }
    faults.report("fact_type_mismatch", notExact(number), null);
    return Optional.empty();
  }

  private static String notExact(double number) {
    if (number != Math.rint(number)) {
      return "Expected an integer but found a fraction; declare the field float64 if fractions are meant.";
    }
    return Math.abs(number) < LONGS
        ? "The number is too large to be exact with a fraction or an exponent; write its digits only."
        : "The number is beyond the 64-bit integers.";
  }

  private static Optional<Bytes> bytes(String text) {
    try {
      return Optional.of(Bytes.ofBase64(text));
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private Optional<Object> parsed(String expected, Function<String, ? extends Optional<?>> parse)
      throws X {
    if (source.kind() != Kind.TEXT) {
      return mismatch(expected);
    }
    Optional<?> value = parse.apply(source.text());
    if (value.isEmpty()) {
      faults.report(
          "fact_type_mismatch",
          "Expected %s but found a string of another form.".formatted(expected),
          null);
    }
    return value.map(found -> (Object) found);
  }

  /// Reports the kind only: a value may be sensitive. Passes over the value.
  Optional<Object> mismatch(String expected) throws X {
    String kind =
        switch (source.kind()) {
          case NULL -> "null";
          case TRUTH -> "a boolean";
          case INTEGER, REAL -> "a number";
          case TEXT -> "a string";
          case LIST -> "a list";
          case OBJECT -> "an object";
        };
    source.skip();
    faults.report(
        "fact_type_mismatch", "Expected %s but found %s.".formatted(expected, kind), null);
    return Optional.empty();
  }
}
