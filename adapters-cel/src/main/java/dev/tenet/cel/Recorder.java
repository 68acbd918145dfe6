package dev.tenet.cel;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the sub-expressions of one evaluation gave, by their ids in the syntax tree, in the order in which they ended.
final class Recorder {

  private final Map<Long, Object> results = new LinkedHashMap<>();

  void record(long id, Object result) {
    results.put(id, result);
  }

  /// {@return the value of a sub-expression, the [EvaluationFault] with which it failed, or null when it did not run}
  @Nullable Object result(long id) {
    return results.get(id);
  }

  Map<Long, Object> results() {
    return results;
  }
}
