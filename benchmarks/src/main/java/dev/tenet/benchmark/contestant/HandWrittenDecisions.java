package dev.tenet.benchmark.contestant;

import dev.tenet.benchmark.rules.GeneratedRule;
import dev.tenet.benchmark.rules.Sample;
import java.util.ArrayList;
import java.util.List;

/// What a program decides that has its conditions in its own code, over records.
final class HandWrittenDecisions implements Decisions {

  private final GeneratedRule[] rules;
  private final Sample[] samples;

  private HandWrittenDecisions(GeneratedRule[] rules, Sample[] samples) {
    this.rules = rules;
    this.samples = samples;
  }

  static HandWrittenDecisions prepare(List<GeneratedRule> rules, List<Sample> samples) {
    return new HandWrittenDecisions(
        rules.toArray(GeneratedRule[]::new), samples.toArray(Sample[]::new));
  }

  @Override
  public List<String> decide(int sample) {
    return matches(sample);
  }

  @Override
  public List<String> matches(int sample) {
    Sample facts = samples[sample];
    List<String> matches = new ArrayList<>();
    for (GeneratedRule rule : rules) {
      if (rule.java().test(facts)) {
        matches.add(rule.name());
      }
    }
    return matches;
  }
}
