package dev.tenet.bootstrap.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.http.json.StrictJson;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What the server answered.
public record Reply(int status, HttpHeaders headers, String text) {

  public Reply expect(int expected) {
    assertThat(status).as(text).isEqualTo(expected);
    return this;
  }

  public @Nullable Object json() {
    try {
      return StrictJson.parse(text.getBytes(StandardCharsets.UTF_8));
    } catch (StrictJson.Malformed e) {
      throw new AssertionError(text, e);
    }
  }

  /// {@return the value at a path such as `results.0.matched`, or null}
  public @Nullable Object at(String path) {
    Object value = json();
    for (String step : path.split("\\.", -1)) {
      value =
          switch (value) {
            case Map<?, ?> map -> map.get(step);
            case List<?> list when Integer.parseInt(step) < list.size() ->
                list.get(Integer.parseInt(step));
            case null, default -> null;
          };
    }
    return value;
  }

  public String text(String path) {
    return (String) Objects.requireNonNull(at(path), () -> path + " of " + text);
  }

  public long number(String path) {
    return (Long) Objects.requireNonNull(at(path), () -> path + " of " + text);
  }

  public List<?> list(String path) {
    return (List<?>) Objects.requireNonNull(at(path), () -> path + " of " + text);
  }

  /// {@return the texts of a list}
  public List<String> texts(String path) {
    return list(path).stream().map(String::valueOf).toList();
  }

  /// {@return what each element of a list has as a member, as text}
  public List<String> texts(String list, String member) {
    return each(list, member).stream().map(String::valueOf).toList();
  }

  /// {@return what each element of a list has at a path}
  public List<?> each(String list, String member) {
    return list(list).stream()
        .<Object>map(e -> String.valueOf(((Map<?, ?>) e).get(member)))
        .toList();
  }

  public @Nullable String header(String name) {
    return headers.firstValue(name).orElse(null);
  }

  /// Checks that this is a problem with all its members.
  public Reply problem(int expectedStatus, String code) {
    expect(expectedStatus);
    assertThat(header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(at("code")).as(text).isEqualTo(code);
    assertThat(at("status")).isEqualTo((long) expectedStatus);
    assertThat(at("type")).isEqualTo("/docs/problems#" + code);
    assertThat(text("error")).isNotBlank();
    assertThat(text("detail")).isNotBlank();
    assertThat(text("title")).isNotBlank();
    assertThat(text("traceId")).isEqualTo(header("X-Request-ID"));
    assertThat(text).doesNotContain("Exception", "java.", "dev.tenet");
    return this;
  }

  /// Checks that every element of a list satisfies a condition.
  public Reply all(String list, Predicate<Map<?, ?>> condition) {
    assertThat(list(list)).as(text).allMatch(e -> condition.test((Map<?, ?>) e));
    return this;
  }
}
