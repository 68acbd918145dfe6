package dev.tenet.domain.evaluation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Plain values as JSON has them, so that they can be written, read again and compared: `Map`, `List`, `String`, `Long`,
/// `Double`, `Boolean` and null. Timestamps are in RFC 3339, durations in seconds such as `90s`, bytes in Base64, and what
/// JSON has no number for is `NaN`, `Infinity` or `-Infinity`.
public final class JsonValues {

  private static final long BYTES_OF_VALUE = 16;
  private static final long BYTES_OF_MEMBER = 48;
  private static final long BYTES_OF_TEXT = 40;

  private JsonValues() {}

  /// {@return the value as JSON has it}
  ///
  /// @param value a plain value as in [Facts]
  public static @Nullable Object of(@Nullable Object value) {
    return switch (value) {
      case Double number when !Double.isFinite(number) -> number.toString();
      case Instant instant -> instant.toString();
      case Duration duration -> Durations.format(duration);
      case Bytes bytes -> bytes.toBase64();
      case IntegerList integers -> integers;
      case List<?> list -> list(list);
      case Map<?, ?> map -> object(map);
      case null, default -> value;
    };
  }

  private static List<@Nullable Object> list(List<?> list) {
    List<@Nullable Object> values = new ArrayList<>(list.size());
    for (Object element : list) {
      values.add(of(element));
    }
    return Collections.unmodifiableList(values);
  }

  /// {@return the members as JSON has them, in their order}
  public static Map<String, @Nullable Object> object(Map<?, ?> map) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    map.forEach((name, value) -> values.put(String.valueOf(name), of(value)));
    return Collections.unmodifiableMap(values);
  }

  /// {@return about how many bytes a value takes in memory}
  ///
  /// @param value as JSON has it
  public static long weight(@Nullable Object value) {
    return switch (value) {
      case String text -> BYTES_OF_TEXT + 2L * text.length();
      case IntegerList integers -> BYTES_OF_VALUE + Long.BYTES * (long) integers.size();
      case Collection<?> list -> {
        long weight = BYTES_OF_VALUE;
        for (Object element : list) {
          weight += weight(element);
        }
        yield weight;
      }
      case Map<?, ?> map -> {
        long weight = BYTES_OF_VALUE;
        for (Object element : map.values()) {
          weight += BYTES_OF_MEMBER + weight(element);
        }
        yield weight;
      }
      case null, default -> BYTES_OF_VALUE;
    };
  }
}
