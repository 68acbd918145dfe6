package dev.tenet.policies.uppercase;

import dev.tenet.spi.Policy;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes texts, and lists of texts, in upper case; other values stay as they are.
public final class UppercasePolicy implements Policy {

  @Override
  public String name() {
    return "uppercase_policy";
  }

  @Override
  public Map<String, Object> execute(Map<String, ?> input) {
    Map<String, @Nullable Object> output = new LinkedHashMap<>();
    input.forEach((key, value) -> output.put(key, uppercase(value)));
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("policy", name());
    result.put("action", "uppercase transformation");
    result.put("input", input);
    result.put("output", Collections.unmodifiableMap(output));
    return result;
  }

  private static @Nullable Object uppercase(@Nullable Object value) {
    return switch (value) {
      case String text -> text.toUpperCase(Locale.ROOT);
      case List<?> list when list.stream().allMatch(String.class::isInstance) ->
          list.stream().map(text -> ((String) text).toUpperCase(Locale.ROOT)).toList();
      case null, default -> value;
    };
  }
}
