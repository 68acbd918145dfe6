package dev.tenet.spi;

import static java.util.Objects.requireNonNull;

import dev.tenet.domain.schema.FieldType;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A function that expressions call by its name.
///
/// Arguments and results are plain values: `Long` for `int`, `Double` for `float64`, `Boolean`, `String`,
/// `dev.tenet.domain.evaluation.Bytes`, `java.time.Instant` for `timestamp`, `java.time.Duration`, `List` and
/// `Map<String, ?>`.
///
/// @param name identifiers joined by dots, such as `geo.distanceKm`
/// @param parameters the types of the parameters in their order
/// @param result the type of the result
/// @param cost the work of one call, in the units of the rule cost limit: about one for a comparison of two numbers
/// @param body what it does
public record Function(
    String name, List<FieldType> parameters, FieldType result, long cost, Body body) {

  private static final Pattern NAME =
      Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*(\\.[a-zA-Z_][a-zA-Z0-9_]*)*");

  /// What a function does. Called by many threads at once; must be quick, and must give the same result for the same
  /// arguments.
  @FunctionalInterface
  public interface Body {

    /// {@return the result for these arguments}
    ///
    /// @throws IllegalArgumentException with a message for the rule's author, when the arguments make no sense; the rule
    ///     that called then fails with it
    @Nullable Object call(List<Object> arguments);
  }

  public Function {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a function name: " + name);
    }
    if (cost < 1) {
      throw new IllegalArgumentException("a call costs at least 1, not " + cost);
    }
    parameters = List.copyOf(parameters);
    requireNonNull(result);
    requireNonNull(body);
  }
}
