package dev.tenet.bootstrap.telemetry;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Metrics as Prometheus reads them.
record Exposed(List<Sample> samples) {

  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_]\\w*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  record Sample(String name, Map<String, String> labels, double value) {}

  static Exposed parse(String text) {
    return new Exposed(
        text.lines().filter(line -> !line.startsWith("#")).map(Exposed::sample).toList());
  }

  private static Sample sample(String line) {
    Matcher matcher = SAMPLE.matcher(line);
    if (!matcher.matches()) {
      throw new AssertionError("no sample: " + line);
    }
    Map<String, String> labels = new TreeMap<>();
    if (matcher.group(2) != null) {
      LABEL
          .matcher(matcher.group(2))
          .results()
          .forEach((MatchResult label) -> labels.put(label.group(1), label.group(2)));
    }
    String value = matcher.group(3).replace("+Inf", "Infinity");
    return new Sample(matcher.group(1), labels, Double.parseDouble(value));
  }

  Set<String> names() {
    return samples.stream().map(Sample::name).collect(Collectors.toSet());
  }

  /// {@return the labels that all samples of a name have}
  Set<String> labels(String name) {
    return samples.stream()
        .filter(sample -> sample.name().equals(name))
        .findFirst()
        .map(sample -> sample.labels().keySet())
        .orElse(Set.of());
  }

  /// {@return the sum of the samples of a name with these labels}
  double sum(String name, Map<String, String> labels) {
    return samples.stream()
        .filter(sample -> sample.name().equals(name))
        .filter(sample -> sample.labels().entrySet().containsAll(labels.entrySet()))
        .mapToDouble(Sample::value)
        .sum();
  }

  /// {@return all values of a label of the samples of a name}
  Set<String> values(String name, String label) {
    return samples.stream()
        .filter(sample -> sample.name().equals(name))
        .map(sample -> sample.labels().getOrDefault(label, ""))
        .collect(Collectors.toSet());
  }
}
