package dev.tenet.benchmark.jmh;

import dev.tenet.application.evaluation.RuleSet.Evaluation;
import dev.tenet.benchmark.contestant.Decisions;
import dev.tenet.benchmark.contestant.Entrant;
import dev.tenet.benchmark.rules.RuleSets;
import dev.tenet.benchmark.rules.RuleShape;
import dev.tenet.benchmark.rules.Sample;
import dev.tenet.domain.definition.RuleDefinition;
import dev.tenet.domain.evaluation.RuleOutcome;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// What an answer takes by itself: the same as [RuleSetBenchmark]'s, of outcomes that are there.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class AnswerBenchmark {

  @Param("1000")
  private int rules;

  @Param("SELECTIVE")
  private RuleShape shape = RuleShape.SELECTIVE;

  private RuleOutcome[][] answers = {};
  private int next;

  @Setup
  public void prepare() {
    try (Decisions decisions =
        Entrant.HAND_WRITTEN.prepare(
            RuleSets.generate(shape, rules, RuleSetBenchmark.RULE_SEED),
            Sample.generate(RuleSetBenchmark.SAMPLES, RuleSetBenchmark.SAMPLE_SEED))) {
      answers =
          IntStream.range(0, RuleSetBenchmark.SAMPLES)
              .mapToObj(
                  sample ->
                      decisions.matches(sample).stream()
                          .map(AnswerBenchmark::matched)
                          .toArray(RuleOutcome[]::new))
              .toArray(RuleOutcome[][]::new);
    }
  }

  private static RuleOutcome matched(String rule) {
    return new RuleOutcome(RuleDefinition.of(rule, "true").id(), rule, true, null, Map.of(), null);
  }

  @Benchmark
  public Evaluation answer() {
    next = (next + 1) & (RuleSetBenchmark.SAMPLES - 1);
    return new Evaluation(Arrays.asList(answers[next]), List.of());
  }
}
