package dev.tenet.http.routing;

import jakarta.json.bind.serializer.JsonbSerializer;
import jakarta.json.bind.serializer.SerializationContext;
import jakarta.json.stream.JsonGenerator;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import org.jspecify.annotations.Nullable;

/// Writes wire records with their members in the order of their components, which JSON-B's own strategies do not offer;
/// those that are null are left out.
final class RecordSerializer implements JsonbSerializer<Record> {

  @Override
  public void serialize(Record value, JsonGenerator generator, SerializationContext context) {
    generator.writeStartObject();
    for (RecordComponent component : value.getClass().getRecordComponents()) {
      Object member = member(value, component);
      if (member != null) {
        context.serialize(component.getName(), member, generator);
      }
    }
    generator.writeEnd();
  }

  private static @Nullable Object member(Record value, RecordComponent component) {
    try {
      return component.getAccessor().invoke(value);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("a wire record is public: " + value.getClass(), e);
    }
  }
}
