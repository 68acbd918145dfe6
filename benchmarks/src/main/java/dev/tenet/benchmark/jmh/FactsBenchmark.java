package dev.tenet.benchmark.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenet.benchmark.contestant.Tenants;
import dev.tenet.benchmark.rules.Sample;
import dev.tenet.cel.CelRuleCompiler;
import dev.tenet.domain.definition.RuleSetDefinition;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.evaluation.FactLayout;
import dev.tenet.domain.evaluation.FactReader;
import dev.tenet.domain.evaluation.Facts;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.http.json.JsonScanner;
import dev.tenet.http.json.StrictJson.Malformed;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// How long the bytes of a request take to become facts.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FactsBenchmark {

  private final byte[][] documents =
      Sample.generate(RuleSetBenchmark.SAMPLES, RuleSetBenchmark.SAMPLE_SEED).stream()
          .map(sample -> sample.json().getBytes(UTF_8))
          .toArray(byte[][]::new);
  private final FactLayout layout =
      Tenants.compiled(
              new CelRuleCompiler(Limits.DEFAULT, List.of()),
              Tenants.state(RuleSetDefinition.of(Sample.SCHEMA)))
          .layout()
          .orElseThrow();
  private int next;

  @Benchmark
  public Facts read() throws Malformed {
    next = (next + 1) & (RuleSetBenchmark.SAMPLES - 1);
    return switch (FactReader.read(layout, JsonScanner.of(documents[next]), Location.root())) {
      case FactReader.Reading.Valid(var facts) -> facts;
      case FactReader.Reading.Invalid(var diagnostics) ->
          throw new IllegalStateException(diagnostics.getFirst().line());
    };
  }
}
