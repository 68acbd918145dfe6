package dev.tenet.postgres;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON in the database, to and from plain values: `Map` in the order of its keys, `List`, `String`, `Long`, `Double`,
/// `Boolean` and null. Strings are stored as [StorableText].
final class Json {

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();

  private Json() {}

  /// {@return the value as JSON text}
  static String write(Object value) {
    var text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(text)) {
      write(value, generator);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private static void write(@Nullable Object value, JsonGenerator generator) throws IOException {
    switch (value) {
      case null -> generator.writeNull();
      case String text -> generator.writeString(StorableText.store(text));
      case Boolean flag -> generator.writeBoolean(flag);
      case Integer number -> generator.writeNumber(number);
      case Long number -> generator.writeNumber(number);
      case Double number -> generator.writeNumber(number);
      case List<?> list -> {
        generator.writeStartArray();
        for (Object element : list) {
          write(element, generator);
        }
        generator.writeEndArray();
      }
      case Map<?, ?> map -> {
        generator.writeStartObject();
        for (var member : map.entrySet()) {
          generator.writeFieldName(StorableText.store((String) member.getKey()));
          write(member.getValue(), generator);
        }
        generator.writeEndObject();
      }
      default -> throw new IllegalArgumentException("not a plain value: " + value.getClass());
    }
  }

  /// {@return the list that the text holds}
  static List<?> readList(String text) {
    if (read(text) instanceof List<?> list) {
      return list;
    }
    throw new IllegalStateException("The database holds something else than a list: " + text);
  }

  /// {@return the object that the text holds}
  static Map<?, ?> readObject(String text) {
    if (read(text) instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalStateException("The database holds something else than an object: " + text);
  }

  private static @Nullable Object read(String text) {
    try (JsonParser parser = FACTORY.createParser(text)) {
      return value(parser, parser.nextToken());
    } catch (IOException e) {
      throw new IllegalStateException("The database holds text that is not JSON", e);
    }
  }

  private static @Nullable Object value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_NULL -> null;
      case VALUE_STRING -> StorableText.load(parser.getText());
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case START_ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        for (var next = parser.nextToken();
            next != JsonToken.END_ARRAY;
            next = parser.nextToken()) {
          list.add(value(parser, next));
        }
        yield list;
      }
      case START_OBJECT -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String key = StorableText.load(parser.currentName());
          map.put(key, value(parser, parser.nextToken()));
        }
        yield map;
      }
      default -> throw new IllegalStateException("unexpected " + token);
    };
  }
}
