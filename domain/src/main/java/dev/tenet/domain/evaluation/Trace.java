package dev.tenet.domain.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a rule came to its outcome.
///
/// @param values the value of each sub-expression that ran, by its text, in the order of evaluation; plain values as in
///     [Facts], or a [Failure]
/// @param skipped the sub-expressions that short-circuit evaluation left out
/// @param decidedBy the condition that decided, such as `User.Age >= 18` in a conjunction that it made false
public record Trace(
    Map<String, @Nullable Object> values, List<String> skipped, @Nullable String decidedBy) {

  /// A sub-expression that failed.
  public record Failure(String message) {}

  public Trace {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    skipped = List.copyOf(skipped);
  }
}
