package dev.tenet.cel.index;

import dev.tenet.cel.bytecode.CodeCompiler;
import dev.tenet.cel.plan.Condition;
import dev.tenet.cel.plan.Relation;
import dev.tenet.cel.plan.Slots;
import dev.tenet.cel.plan.TimeLimit;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.evaluation.FactLayout;
import dev.tenet.domain.evaluation.FactReader;
import dev.tenet.domain.schema.SchemaReader;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
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

/// From how many conditions on an index costs less than evaluating each, which [ConditionIndex#FEWEST_INDEXED] says.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BreakEvenBenchmark {

  private static final int SAMPLES = 64;
  private static final long FUEL = 500_000;
  private static final List<String> COUNTRIES = List.of("CA", "US", "DE", "FR", "JP", "BR");

  /// How conditions are decided.
  public enum Executor {
    INDEX,
    THEMSELVES,
    CODE
  }

  @Param({"2", "4", "8", "12", "16", "32"})
  private int conditions;

  @Param private Executor executor = Executor.INDEX;

  private ConditionIndex index = ConditionIndex.of(List.of(), FUEL, (all, ready) -> {});
  private Verdicts verdicts = new Verdicts(0);
  private Slots[] slots = {};
  private int next;

  @Setup
  public void prepare() {
    var random = new SplittableRandom(1);
    FactLayout layout = layout();
    var user = layout.object("User").orElseThrow();
    List<Condition> all =
        IntStream.range(0, conditions)
            .<Condition>mapToObj(
                i ->
                    new Condition.And(
                        List.of(
                            new Condition.IntegerSlot(
                                user.slot(0), Relation.AT_LEAST, random.nextInt(18, 90)),
                            new Condition.TextSlot(user.slot(1), Set.of(country(random))),
                            new Condition.RealSlot(
                                user.slot(2), Relation.LESS, random.nextDouble()))))
            .toList();
    ResidualCompiler compiler =
        executor == Executor.CODE ? new CodeCompiler(Runnable::run) : (each, ready) -> {};
    index = ConditionIndex.of(all, FUEL, compiler, executor == Executor.INDEX);
    verdicts = new Verdicts(conditions);
    slots =
        IntStream.range(0, SAMPLES)
            .mapToObj(
                i ->
                    slots(
                        layout,
                        Map.of(
                            "Age",
                            random.nextInt(1, 100),
                            "Country",
                            country(random),
                            "Score",
                            random.nextDouble())))
            .toArray(Slots[]::new);
  }

  private static String country(SplittableRandom random) {
    return COUNTRIES.get(random.nextInt(COUNTRIES.size()));
  }

  private static FactLayout layout() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("Age", "int");
    fields.put("Country", "string");
    fields.put("Score", "float64");
    return switch (SchemaReader.read(Map.of("User", fields))) {
      case SchemaReader.Reading.Valid(var schema) -> new FactLayout(schema, Map.of());
      case SchemaReader.Reading.Invalid(var faults) ->
          throw new IllegalStateException(faults.getFirst().line());
    };
  }

  private static Slots slots(FactLayout layout, Map<String, ?> user) {
    TimeLimit never = TimeLimit.of(Duration.ofDays(1));
    return switch (FactReader.read(layout, Map.of("User", user), Location.root())) {
      case FactReader.Reading.Valid(var facts) ->
          Slots.of(facts, 0, expression -> Condition.FAULT, never);
      case FactReader.Reading.Invalid(var faults) ->
          throw new IllegalStateException(faults.getFirst().line());
    };
  }

  /// Decides all conditions.
  @Benchmark
  public Verdicts decide() {
    next = (next + 1) & (SAMPLES - 1);
    index.decide(slots[next], verdicts);
    return verdicts;
  }
}
