package dev.tenet.cel;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.types.CelType;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import dev.tenet.domain.evaluation.Bytes;
import dev.tenet.domain.schema.Field;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns the values that expressions work on into plain values as in `dev.tenet.domain.evaluation.Facts`, up to a size.
final class PlainValues {

  /// What stands for the value of a sensitive field.
  static final String MASK = "***";

  private static final int DEEPEST = 200;

  private final boolean masked;
  private long left;

  private PlainValues(long most, boolean masked) {
    this.left = most;
    this.masked = masked;
  }

  /// {@return the plain value}
  ///
  /// @param most how many values and eighths of characters the result may have
  /// @throws EvaluationFault `result_too_large`, or `invalid_argument` for a map whose keys are not different in JSON
  static @Nullable Object of(Object value, long most) {
    return new PlainValues(most, false).plain(value, 0);
  }

  /// A plain value and how much of the most it took.
  record Sized(@Nullable Object value, long size) {}

  /// {@return the plain value and its size}
  static Sized sized(Object value, long most) {
    return sized(new PlainValues(most, false), value, most);
  }

  /// {@return the plain value, with sensitive fields masked, and its size}
  static Sized masked(Object value, long most) {
    return sized(new PlainValues(most, true), value, most);
  }

  private static Sized sized(PlainValues values, Object value, long most) {
    Object plain = values.plain(value, 0);
    return new Sized(plain, most - values.left);
  }

  private @Nullable Object plain(Object value, int depth) {
    left -= 1 + Meter.textWeight(value);
    if (left < 0 || depth > DEEPEST) {
      throw EvaluationFault.of(
          "result_too_large", "The value is too large to be returned or shown.");
    }
    return switch (value) {
      case NullValue nothing -> null;
      case UnsignedLong number -> unsigned(number);
      case CelByteString bytes -> Bytes.of(bytes.toByteArray());
      case CelType type -> TypeNames.ofRuntime(type);
      case Optional<?> optional -> optional.isPresent() ? plain(optional.get(), depth) : null;
      case Struct struct -> object(struct, depth);
      case Collection<?> elements -> list(elements, depth);
      case Map<?, ?> map -> map(map, depth);
      default -> value;
    };
  }

  /// An unsigned number beyond the signed range has no plain number that keeps it exactly.
  private static Object unsigned(UnsignedLong number) {
    return number.longValue() >= 0 ? (Object) number.longValue() : number.toString();
  }

  private List<@Nullable Object> list(Collection<?> elements, int depth) {
    List<@Nullable Object> plain = new ArrayList<>();
    for (Object element : elements) {
      plain.add(plain(element, depth + 1));
    }
    return Collections.unmodifiableList(plain);
  }

  private Map<String, @Nullable Object> map(Map<?, ?> map, int depth) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    map.forEach(
        (key, element) -> {
          String name = key(key, depth);
          if (plain.containsKey(name)) {
            throw EvaluationFault.of(
                "invalid_argument", "Two keys of the map are the same in JSON.");
          }
          plain.put(name, plain(element, depth + 1));
        });
    return Collections.unmodifiableMap(plain);
  }

  private String key(Object key, int depth) {
    return String.valueOf(plain(key, depth + 1));
  }

  private Map<String, @Nullable Object> object(Struct struct, int depth) {
    Map<String, @Nullable Object> plain = new LinkedHashMap<>();
    for (Field field : struct.shape().fields()) {
      Object value = struct.find(field.name());
      if (value != null) {
        plain.put(field.name(), masked && field.sensitive() ? MASK : plain(value, depth + 1));
      }
    }
    return Collections.unmodifiableMap(plain);
  }
}
