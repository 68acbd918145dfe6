package dev.tenet.benchmark.run;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// All values of a run.
///
/// @param complete whether nothing failed
public record Scores(List<Score> all, boolean complete) {
  public Scores {
    all = List.copyOf(all);
  }

  /// {@return the time in nanoseconds, or empty when it was not measured}
  ///
  /// @param parameters those that tell it from others
  public OptionalDouble time(String benchmark, Map<String, String> parameters) {
    return find(benchmark, Score.NANOSECONDS, parameters);
  }

  /// {@return the bytes allocated each time, or empty when they were not measured}
  ///
  /// @param parameters those that tell it from others
  public OptionalDouble allocated(String benchmark, Map<String, String> parameters) {
    return find(benchmark, Score.BYTES, parameters);
  }

  /// {@return the value in this unit, or empty when it was not measured}
  ///
  /// @param parameters those that tell it from others
  public OptionalDouble find(String benchmark, String unit, Map<String, String> parameters) {
    return all.stream()
        .filter(score -> score.is(benchmark, unit, parameters))
        .mapToDouble(Score::value)
        .findFirst();
  }
}
