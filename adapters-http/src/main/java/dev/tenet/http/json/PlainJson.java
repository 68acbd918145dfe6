package dev.tenet.http.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenet.domain.evaluation.Bytes;
import dev.tenet.domain.evaluation.Durations;
import dev.tenet.domain.evaluation.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes plain values as JSON: timestamps in RFC 3339, durations in seconds such as `90s`, bytes in Base64, and what JSON
/// has no number for as `"NaN"`, `"Infinity"` or `"-Infinity"`.
public final class PlainJson {

  private static final int USUAL_SIZE = 256;

  private PlainJson() {}

  /// {@return the value as JSON, on one line}
  public static String text(@Nullable Object value) {
    JsonBytes json = new JsonBytes(USUAL_SIZE);
    write(value, json);
    return new String(json.toByteArray(), UTF_8);
  }

  /// Writes the value.
  public static void write(@Nullable Object value, JsonBytes json) {
    switch (value) {
      case null -> json.raw("null");
      case String text -> json.text(text);
      case Boolean flag -> json.raw(flag.toString());
      case Long number -> json.number(number);
      case Double number -> json.number(number);
      case Instant instant -> json.text(instant.toString());
      case Duration duration -> json.text(Durations.format(duration));
      case Bytes bytes -> json.text(bytes.toBase64());
      case Trace.Failure(var message) -> json.raw("{\"error\":").text(message).raw('}');
      case List<?> list -> {
        char separator = '[';
        for (Object element : list) {
          write(element, json.raw(separator));
          separator = ',';
        }
        json.raw(list.isEmpty() ? "[]" : "]");
      }
      case Map<?, ?> map -> {
        char separator = '{';
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          json.raw(separator).text(String.valueOf(entry.getKey())).raw(':');
          write(entry.getValue(), json);
          separator = ',';
        }
        json.raw(map.isEmpty() ? "{}" : "}");
      }
      default -> throw new IllegalArgumentException("no plain value: " + value.getClass());
    }
  }
}
