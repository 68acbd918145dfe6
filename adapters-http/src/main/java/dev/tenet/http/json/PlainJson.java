package dev.tenet.http.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.tenet.domain.evaluation.Bytes;
import dev.tenet.domain.evaluation.Durations;
import dev.tenet.domain.evaluation.Trace;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes plain values as JSON: timestamps in RFC 3339, durations in seconds such as `90s`, bytes in Base64, and what JSON
/// has no number for as `"NaN"`, `"Infinity"` or `"-Infinity"`.
public final class PlainJson {

  private static final JsonFactory FACTORY = new JsonFactory();

  private PlainJson() {}

  /// {@return the value as JSON, on one line}
  public static String text(@Nullable Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      write(value, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /// Writes the value where the generator stands.
  public static void write(@Nullable Object value, JsonGenerator json) throws IOException {
    switch (value) {
      case null -> json.writeNull();
      case String text -> json.writeString(text);
      case Boolean flag -> json.writeBoolean(flag);
      case Long number -> json.writeNumber(number);
      case Double number -> number(number, json);
      case Instant instant -> json.writeString(instant.toString());
      case Duration duration -> json.writeString(Durations.format(duration));
      case Bytes bytes -> json.writeString(bytes.toBase64());
      case Trace.Failure(var message) -> write(Map.of("error", message), json);
      case List<?> list -> {
        json.writeStartArray();
        for (Object element : list) {
          write(element, json);
        }
        json.writeEndArray();
      }
      case Map<?, ?> map -> {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          json.writeFieldName(String.valueOf(entry.getKey()));
          write(entry.getValue(), json);
        }
        json.writeEndObject();
      }
      default -> throw new IllegalArgumentException("no plain value: " + value.getClass());
    }
  }

  private static void number(double number, JsonGenerator json) throws IOException {
    if (Double.isFinite(number)) {
      json.writeNumber(number);
    } else {
      json.writeString(Double.toString(number));
    }
  }
}
