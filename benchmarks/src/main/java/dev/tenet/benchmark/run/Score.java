package dev.tenet.benchmark.run;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// One measured value.
///
/// @param benchmark such as `RuleSetBenchmark.decide`
/// @param parameters of the benchmark, by name
/// @param value the median of the iterations
/// @param error half the width of the 99.9 % confidence interval of the average; NaN when it was measured too few times
/// @param unit such as `ns`
public record Score(
    String benchmark,
    SortedMap<String, String> parameters,
    double value,
    double error,
    String unit) {

  /// The unit of times.
  public static final String NANOSECONDS = "ns";

  /// The unit of memory.
  public static final String BYTES = "B";

  public Score {
    parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }

  /// {@return whether it is this benchmark's value of this unit, with these parameters among its own}
  boolean is(String wanted, String wantedUnit, Map<String, String> some) {
    return benchmark.equals(wanted)
        && unit.equals(wantedUnit)
        && parameters.entrySet().containsAll(some.entrySet());
  }
}
