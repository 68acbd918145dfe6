package dev.tenet.benchmark.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenet.application.evaluation.RuleSet;
import dev.tenet.benchmark.contestant.Tenants;
import dev.tenet.benchmark.rules.Sample;
import dev.tenet.cel.CelRuleCompiler;
import dev.tenet.domain.definition.RuleSetDefinition;
import dev.tenet.domain.evaluation.Facts;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.http.json.StrictJson;
import java.util.List;
import java.util.Map;
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
  private final RuleSet rules =
      Tenants.compiled(
          new CelRuleCompiler(Limits.DEFAULT, List.of()),
          Tenants.state(RuleSetDefinition.of(Sample.SCHEMA)));
  private int next;

  @Benchmark
  public Facts read() throws StrictJson.Malformed {
    next = (next + 1) & (RuleSetBenchmark.SAMPLES - 1);
    if (StrictJson.parse(documents[next]) instanceof Map<?, ?> plain) {
      @SuppressWarnings("unchecked") // JSON objects have string keys
      var facts = (Map<String, ?>) plain;
      return Tenants.facts(rules, facts);
    }
    throw new IllegalStateException("a sample is a JSON object");
  }
}
