package dev.tenet.benchmark.jmh;

import dev.tenet.benchmark.contestant.Decisions;
import dev.tenet.benchmark.contestant.Entrant;
import dev.tenet.benchmark.rules.RuleSets;
import dev.tenet.benchmark.rules.RuleShape;
import dev.tenet.benchmark.rules.Sample;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// How long all rules of a set take on facts that are there; the answer names those that match.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class RuleSetBenchmark {

  static final long RULE_SEED = 1;
  static final long SAMPLE_SEED = 2;
  static final int SAMPLES = 64;

  @Param private Entrant entrant = Entrant.TENET;

  @Param({"1", "10", "100", "1000", "10000"})
  private int rules;

  @Param private RuleShape shape = RuleShape.SELECTIVE;

  private Decisions decisions = new Nothing();
  private int next;

  @Setup
  public void prepare() {
    decisions =
        entrant.prepare(
            RuleSets.generate(shape, rules, RULE_SEED), Sample.generate(SAMPLES, SAMPLE_SEED));
  }

  @TearDown
  public void close() {
    decisions.close();
  }

  @Benchmark
  public Object decide() {
    next = (next + 1) & (SAMPLES - 1);
    return decisions.decide(next);
  }

  /// Before the preparation.
  private static final class Nothing implements Decisions {
    @Override
    public Object decide(int sample) {
      return this;
    }

    @Override
    public List<String> matches(int sample) {
      return List.of();
    }
  }
}
