package dev.tenet.http.routing;

import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.domain.diagnostic.Spelling;
import dev.tenet.domain.evaluation.FactSource.Kind;
import dev.tenet.http.json.Unread;
import dev.tenet.http.problem.Problem;
import dev.tenet.http.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The JSON object of a request, read member by member. Collects all faults; [#check()] reports them.
public final class JsonBody {

  private static final double LONGS = 0x1p63;

  private final Map<String, @Nullable Object> members;
  private final List<Diagnostic> diagnostics = new ArrayList<>();

  private JsonBody(Map<String, @Nullable Object> members) {
    this.members = members;
  }

  /// {@return a body without members, to collect faults with}
  public static JsonBody empty() {
    return new JsonBody(Map.of());
  }

  /// {@return the body}
  ///
  /// @param known the members that it may have
  public static JsonBody of(@Nullable Object document, Set<String> known) {
    return of(document, known, Set.of());
  }

  /// {@return the body}
  ///
  /// @param known the members that it may have
  /// @param passedOver members that it may also have, and that mean nothing
  @SuppressWarnings("unchecked") // JSON objects have string keys
  static JsonBody of(@Nullable Object document, Set<String> known, Set<String> passedOver) {
    if (!(document instanceof Map<?, ?> map)) {
      throw new ProblemException(
          Problem.of(400, "body_not_object", "The body must be a JSON object."));
    }
    JsonBody body = new JsonBody((Map<String, @Nullable Object>) map);
    for (String name : body.members.keySet()) {
      if (!known.contains(name) && !passedOver.contains(name)) {
        body.report(
            "member_unknown",
            name,
            known.isEmpty()
                ? "There is no member %s here; the body has none.".formatted(Quoted.text(name))
                : "There is no member %s here; known are %s."
                    .formatted(
                        Quoted.text(name), String.join(", ", known.stream().sorted().toList())),
            Spelling.nearest(name, known).orElse(null));
      }
    }
    return body;
  }

  /// {@return whether the member is there, be it null}
  public boolean has(String name) {
    return members.containsKey(name);
  }

  /// {@return the member as it is}
  public @Nullable Object raw(String name) {
    return members.get(name);
  }

  /// {@return the string, or empty when it is missing}
  public Optional<String> text(String name) {
    return typed(name, String.class, "a string");
  }

  /// {@return the string, empty when it is missing or null}
  public Optional<String> textOrNull(String name) {
    return members.get(name) == null && has(name) ? Optional.of("") : text(name);
  }

  /// {@return the boolean, or empty when it is missing}
  public Optional<Boolean> flag(String name) {
    return typed(name, Boolean.class, "true or false");
  }

  /// {@return the integer, or empty when it is missing}
  public Optional<Long> integer(String name) {
    boolean beyond =
        members.get(name) instanceof Double number
            && number == Math.rint(number)
            && Math.abs(number) >= LONGS;
    return typed(
        name,
        Long.class,
        beyond
            ? "an integer from %d to %d".formatted(Long.MIN_VALUE, Long.MAX_VALUE)
            : "an integer");
  }

  /// {@return the number, or empty when it is missing}
  public Optional<Double> number(String name) {
    return typed(name, Number.class, "a number").map(Number::doubleValue);
  }

  /// {@return the object, or empty when it is missing}
  @SuppressWarnings("unchecked") // JSON objects have string keys
  public Optional<Map<String, @Nullable Object>> object(String name) {
    return typed(name, Map.class, "an object").map(map -> (Map<String, @Nullable Object>) map);
  }

  /// {@return the value of a member that was left unread, or empty when it is missing}
  ///
  /// @param kind what it must be
  /// @param expected what that is called, such as "an object"
  public Optional<Unread> unread(String name, Kind kind, String expected) {
    if (members.get(name) instanceof Unread value && value.kind() == kind) {
      return Optional.of(value);
    }
    if (has(name)) {
      report("wrong_type", name, "%s must be %s.".formatted(Quoted.text(name), expected), null);
    }
    return Optional.empty();
  }

  /// {@return the list of strings, or empty when it is missing}
  public Optional<List<String>> texts(String name) {
    Optional<List<String>> texts =
        typed(name, List.class, "a list of strings")
            .map(
                list ->
                    ((List<?>) list)
                        .stream()
                            .filter(String.class::isInstance)
                            .map(String.class::cast)
                            .toList());
    if (members.get(name) instanceof List<?> list
        && texts.map(List::size).orElse(0) < list.size()) {
      report(
          "wrong_type", name, "%s must be a list of strings.".formatted(Quoted.text(name)), null);
    }
    return texts;
  }

  /// {@return the object of strings in its order, or empty when it is missing}
  public Optional<Map<String, String>> textByName(String name) {
    return object(name)
        .map(
            map -> {
              Map<String, String> texts = new LinkedHashMap<>();
              map.forEach(
                  (key, value) -> {
                    if (value instanceof String text) {
                      texts.put(key, text);
                    } else {
                      report(
                          "wrong_type",
                          name + "." + key,
                          "%s must be a string.".formatted(Quoted.text(name + "." + key)),
                          null);
                    }
                  });
              return texts;
            });
  }

  /// Answers 400 unless `name` and `expression` are there and not blank.
  public void requireNameAndExpression() {
    check();
    for (String name : List.of("name", "expression")) {
      if (text(name).map(String::isBlank).orElse(true)) {
        report("name_and_expression_required", name, "name and expression are required", null);
      }
    }
    check();
  }

  private <T> Optional<T> typed(String name, Class<T> type, String expected) {
    Object value = members.get(name);
    if (type.isInstance(value)) {
      return Optional.of(type.cast(value));
    }
    if (has(name)) {
      report("wrong_type", name, "%s must be %s.".formatted(Quoted.text(name), expected), null);
    }
    return Optional.empty();
  }

  /// Reports a fault of a member.
  public void report(String code, String name, String message, @Nullable String suggestion) {
    report(Diagnostic.error(code, Location.field(name), message, suggestion));
  }

  /// Reports a fault.
  public void report(Diagnostic fault) {
    diagnostics.add(fault);
  }

  /// Answers 400 when there are faults.
  public void check() {
    if (!diagnostics.isEmpty()) {
      throw new ProblemException(Problem.invalid(diagnostics));
    }
  }
}
