package dev.tenet.cel;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Says why a call does not fit.
final class Mismatch {

  private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");

  private Mismatch() {}

  /// {@return a sentence such as `No operator >= takes int and string.`}
  ///
  /// @param function as the syntax tree names it
  /// @param applied the types as the checker formats them: `(int, string)`, or `string.(int)` for a method
  static String describe(String function, String applied) {
    String symbol = Operators.symbol(function);
    if (Operators.isOperator(function)) {
      List<String> types = split(inside(applied));
      return "No operator %s takes %s%s."
          .formatted(symbol, String.join(" and ", types), hint(symbol, types));
    }
    int dot = receiverEnd(applied);
    return dot > 0
        ? "The function %s cannot be called on %s with (%s)."
            .formatted(
                symbol,
                TypeNames.ofMessage(applied.substring(0, dot)),
                String.join(", ", split(inside(applied.substring(dot + 1)))))
        : "The function %s does not take (%s)."
            .formatted(symbol, String.join(", ", split(inside(applied))));
  }

  private static String hint(String symbol, List<String> types) {
    if (types.contains("null") && types.size() == 2) {
      return "; use has() to ask whether a field is there";
    }
    boolean withText = COMPARISONS.contains(symbol) && types.contains("string");
    if (withText && types.contains("timestamp")) {
      return "; make a timestamp of the string, such as timestamp('2026-01-31T08:30:00Z')";
    }
    return withText && types.contains("duration")
        ? "; make a duration of the string, such as duration('1h30m')"
        : "";
  }

  private static String inside(String applied) {
    return applied.startsWith("(") && applied.endsWith(")")
        ? applied.substring(1, applied.length() - 1)
        : applied;
  }

  /// {@return the place of the dot between a receiver and its arguments, or -1}
  private static int receiverEnd(String applied) {
    int depth = 0;
    for (int i = 0; i < applied.length(); i++) {
      switch (applied.charAt(i)) {
        case '(' -> depth++;
        case ')' -> depth--;
        case '.' -> {
          if (depth == 0 && i + 1 < applied.length() && applied.charAt(i + 1) == '(') {
            return i;
          }
        }
        default -> {}
      }
    }
    return -1;
  }

  private static List<String> split(String types) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int start = 0;
    for (int i = 0; i < types.length(); i++) {
      char c = types.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && depth == 0) {
        parts.add(TypeNames.ofMessage(types.substring(start, i).strip()));
        start = i + 1;
      }
    }
    String last = types.substring(start).strip();
    if (!last.isEmpty()) {
      parts.add(TypeNames.ofMessage(last));
    }
    return parts;
  }
}
