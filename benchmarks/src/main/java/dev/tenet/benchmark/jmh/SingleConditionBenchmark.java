package dev.tenet.benchmark.jmh;

import dev.tenet.benchmark.contestant.Condition;
import dev.tenet.benchmark.contestant.Question;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// How long one condition takes on facts that are there.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SingleConditionBenchmark {

  @Param private Condition condition = Condition.TREE;
  @Param private Question question = Question.SIMPLE;

  private IntPredicate prepared = _ -> false;
  private int next;

  @Setup
  public void prepare() {
    prepared = condition.prepare(question);
  }

  @Benchmark
  public boolean holds() {
    next = (next + 1) & (Question.SAMPLES - 1);
    return prepared.test(next);
  }
}
