package dev.tenet.example.flink;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.tenet.domain.definition.RuleSetDefinition;
import dev.tenet.domain.evaluation.Bytes;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON, in which facts, definitions and outputs travel and are kept: Flink has its own serializer for text, and a savepoint
/// of today can be read by the next version of everything.
final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .defaultSetterInfo(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY))
          .addModule(
              new SimpleModule()
                  .addSerializer(Instant.class, ToStringSerializer.instance)
                  .addSerializer(Duration.class, ToStringSerializer.instance)
                  .addSerializer(Bytes.class, ToStringSerializer.instance))
          .build();

  private Json() {}

  /// {@return the definition of `{"schema": {…}, "derivedFields": [{"name": …, "expression": …}], "rules": [{"name": …,
  /// "expression": …, "then": {…}, "tags": […]}]}`; what is left out is empty}
  static RuleSetDefinition definition(String json) throws JsonProcessingException {
    return MAPPER.readValue(json, RuleSetDefinition.class);
  }

  static Map<String, @Nullable Object> object(String json) throws JsonProcessingException {
    return MAPPER.readValue(json, new TypeReference<>() {});
  }

  static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /// {@return what is wrong with the text, in a line that names the place}
  static String line(String what, JsonProcessingException fault) {
    var place = fault.getLocation();
    return place == null
        ? "%s: %s".formatted(what, fault.getOriginalMessage())
        : "%s, line %d, column %d: %s"
            .formatted(what, place.getLineNr(), place.getColumnNr(), fault.getOriginalMessage());
  }
}
