package dev.tenet.postgres;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The members of a JSON object from the database, by the type that they must have.
record Members(Map<?, ?> object) {

  static Members of(@Nullable Object value) {
    return new Members(as(Map.class, value, "object"));
  }

  boolean has(String key) {
    return object.containsKey(key);
  }

  String text(String key) {
    return as(String.class, object.get(key), key);
  }

  @Nullable String optionalText(String key) {
    return object.get(key) == null ? null : text(key);
  }

  long number(String key) {
    return as(Long.class, object.get(key), key);
  }

  int integer(String key) {
    return Math.toIntExact(number(key));
  }

  boolean flag(String key) {
    return as(Boolean.class, object.get(key), key);
  }

  UUID uuid(String key) {
    return UUID.fromString(text(key));
  }

  Instant instant(String key) {
    return Instant.parse(text(key));
  }

  Members members(String key) {
    return of(object.get(key));
  }

  <T> List<T> list(String key, Function<@Nullable Object, T> element) {
    return list(as(List.class, object.get(key), key), element);
  }

  static <T> List<T> list(List<?> values, Function<@Nullable Object, T> element) {
    List<T> list = new ArrayList<>(values.size());
    for (Object value : values) {
      list.add(element.apply(value));
    }
    return list;
  }

  List<String> texts(String key) {
    return list(key, value -> as(String.class, value, key));
  }

  /// {@return what `member` makes of each key and its text, in their order}
  <T> Map<String, T> map(BiFunction<String, String, T> member) {
    Map<String, T> map = new LinkedHashMap<>();
    object.forEach(
        (key, value) -> {
          String name = as(String.class, key, "key");
          map.put(name, member.apply(name, as(String.class, value, name)));
        });
    return map;
  }

  private static <T> T as(Class<T> type, @Nullable Object value, String key) {
    if (type.isInstance(value)) {
      return type.cast(value);
    }
    throw new IllegalStateException("The database holds no proper \"" + key + "\" but " + value);
  }
}
