package dev.tenet.benchmark.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Something to measure: a benchmark with all combinations of these parameters.
///
/// @param benchmark the class and the method, such as `RuleSetBenchmark.decide`
/// @param parameters the values to try, by name
/// @param allocations whether allocated bytes are measured, too
/// @param slow whether one time takes so long that times are single shots
public record Measurement(
    String benchmark, Map<String, List<String>> parameters, boolean allocations, boolean slow) {

  public Measurement {
    Map<String, List<String>> copy = new LinkedHashMap<>();
    parameters.forEach((name, values) -> copy.put(name, List.copyOf(values)));
    parameters = Collections.unmodifiableMap(copy);
  }

  static Measurement of(String benchmark) {
    return new Measurement(benchmark, Map.of(), false, false);
  }

  Measurement with(String parameter, Object... values) {
    Map<String, List<String>> more = new LinkedHashMap<>(parameters);
    more.put(parameter, Stream.of(values).map(String::valueOf).toList());
    return new Measurement(benchmark, more, allocations, slow);
  }

  Measurement withAllocations() {
    return new Measurement(benchmark, parameters, true, slow);
  }

  Measurement inSingleShots() {
    return new Measurement(benchmark, parameters, allocations, true);
  }

  /// {@return one measurement for each combination of the parameters}
  List<Measurement> single() {
    List<Measurement> result = List.of(new Measurement(benchmark, Map.of(), allocations, slow));
    for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
      List<Measurement> longer = new ArrayList<>();
      for (Measurement shorter : result) {
        for (String value : parameter.getValue()) {
          longer.add(shorter.with(parameter.getKey(), value));
        }
      }
      result = longer;
    }
    return result;
  }

  /// {@return what is measured, for people}
  String title() {
    return parameters.isEmpty()
        ? benchmark
        : benchmark
            + " "
            + String.join(", ", parameters.values().stream().map(List::getFirst).toList());
  }
}
