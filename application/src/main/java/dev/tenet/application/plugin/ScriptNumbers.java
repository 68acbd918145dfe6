package dev.tenet.application.plugin;

import dev.tenet.application.plugin.InvocationFault.Kind;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The integers that scripts can have: JavaScript's numbers are exact as far as 2^53, and a larger integer would silently become
/// one beside it.
final class ScriptNumbers {

  private static final long LARGEST = (1L << 53) - 1;

  private ScriptNumbers() {}

  /// Refuses integers in a value, as JSON has it, that a script cannot have exactly.
  ///
  /// @param code of the fault
  /// @param what has the value, for the message
  static void check(@Nullable Object value, Kind kind, String code, String what)
      throws InvocationFault {
    switch (value) {
      case Long integer when integer > LARGEST || integer < -LARGEST ->
          throw InvocationFault.of(
              kind,
              code,
              "%s has the integer %d, and scripts have integers from -%d to %d exactly; use a string."
                  .formatted(what, integer, LARGEST, LARGEST));
      case Map<?, ?> map -> check(map.values(), kind, code, what);
      case Collection<?> elements -> {
        for (Object element : elements) {
          check(element, kind, code, what);
        }
      }
      case null, default -> {}
    }
  }
}
