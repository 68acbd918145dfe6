package dev.tenet.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.evaluation.RuleSet;
import dev.tenet.domain.evaluation.Facts;
import dev.tenet.domain.evaluation.RuleOutcome;
import dev.tenet.domain.evaluation.Selection;
import dev.tenet.domain.tenant.Limits;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is compiled when, and by how many threads.
@Timeout(120)
class CompilingTest {

  private static CelRuleCompiler compiler() {
    return new CelRuleCompiler(Limits.DEFAULT, List.of());
  }

  @Test
  void anAddedRuleIsTheOnlyOneChecked() {
    CelRuleCompiler compiler = compiler();
    Bench bench = new Bench(compiler, Bench.SCHEMA).derived("isAdult", "User.Age >= 18");
    for (int i = 0; i < 500; i++) {
      bench.rule("r" + i, "User.Age >= " + i);
    }
    bench.compile();
    long cold = compiler.checks();
    assertThat(cold).isEqualTo(500);
    bench.rule("new", "User.Age < 7 && isAdult").compile();
    assertThat(compiler.checks()).isEqualTo(cold + 1);
    bench.compile();
    assertThat(compiler.checks()).isEqualTo(cold + 1);
  }

  @Test
  void anAddedDerivedFieldChecksOnlyWhatNamesIt() {
    CelRuleCompiler compiler = compiler();
    Bench bench =
        new Bench(compiler, Bench.SCHEMA).rule("a", "User.Age > 1").rule("b", "later == 1");
    bench.compile();
    assertThat(bench.faults("b")).hasSize(1);
    long before = compiler.checks();
    bench.derived("later", "User.Age").compile();
    assertThat(bench.faults("b")).isEmpty();
    assertThat(compiler.checks()).isEqualTo(before + 2);
  }

  @Test
  void aChangedTypeIsNoticed() {
    CelRuleCompiler compiler = compiler();
    Map<String, Object> other = new HashMap<>(Bench.SCHEMA);
    other.put("User", Map.of("Age", "string"));
    assertThat(new Bench(compiler, Bench.SCHEMA).rule("r", "User.Age > 1").faults("r")).isEmpty();
    assertThat(new Bench(compiler, other).rule("r", "User.Age > 1").faults("r")).hasSize(1);
    assertThat(
            new Bench(compiler, Bench.SCHEMA)
                .derived("d", "User.Age")
                .rule("r", "d > 1")
                .faults("r"))
        .isEmpty();
    assertThat(
            new Bench(compiler, Bench.SCHEMA)
                .derived("d", "User.Name")
                .rule("r", "d > 1")
                .faults("r"))
        .hasSize(1);
  }

  @Test
  void aRuleSetOutlivesItsSuccessors() {
    CelRuleCompiler compiler = compiler();
    Bench bench = new Bench(compiler, Bench.SCHEMA).rule("r", "User.Age > 18");
    RuleSet old = bench.compile().ruleSet();
    Facts facts = bench.facts(Map.of("User", Map.of("Age", 20L)));
    new Bench(compiler, Map.of("User", Map.of("Age", "string")))
        .rule("r", "User.Age == ''")
        .compile();
    assertThat(old.evaluate(facts, Selection.ALL, Bench.NOW).outcomes())
        .allMatch(RuleOutcome::matched);
  }

  @Test
  void manyThreadsEvaluateOneRuleSet() throws Exception {
    Bench bench =
        new Bench(compiler(), Bench.SCHEMA)
            .derived("next", "User.Age + 1")
            .rule(
                "r", "next == User.Age + 1 && User.Scores.map(s, s + User.Age)[0] == User.Age + 1");
    RuleSet ruleSet = bench.compile().ruleSet();
    List<Callable<Long>> tasks = new ArrayList<>();
    for (int thread = 0; thread < 10; thread++) {
      Facts facts =
          bench.facts(Map.of("User", Map.of("Age", (long) thread, "Scores", List.of(1L, 2L))));
      tasks.add(() -> matches(ruleSet, facts));
    }
    assertThat(results(tasks)).containsOnly(100L);
  }

  private static long matches(RuleSet ruleSet, Facts facts) {
    long matches = 0;
    for (int i = 0; i < 100; i++) {
      matches +=
          ruleSet.evaluate(facts, Selection.ALL, Bench.NOW).outcomes().stream()
              .filter(RuleOutcome::matched)
              .count();
    }
    return matches;
  }

  @Test
  void manyThreadsCompile() throws Exception {
    CelRuleCompiler compiler = compiler();
    List<Callable<Long>> tasks = new ArrayList<>();
    for (int thread = 0; thread < 8; thread++) {
      int seed = thread;
      tasks.add(
          () -> {
            Bench bench = new Bench(compiler, Bench.SCHEMA).derived("d", "User.Age + " + seed);
            for (int i = 0; i < 40; i++) {
              bench.rule("r" + i, "d == %d && User.Age > %d".formatted(10 + seed, i % 7));
            }
            assertThat(bench.compile().verdict().ruleFaults()).isEmpty();
            return bench.outcomes(Map.of("User", Map.of("Age", 10L)), Selection.ALL).stream()
                .filter(RuleOutcome::matched)
                .count();
          });
    }
    assertThat(results(tasks)).containsOnly(40L);
  }

  private static List<Long> results(List<Callable<Long>> tasks) throws Exception {
    try (ExecutorService executor = Executors.newFixedThreadPool(tasks.size())) {
      List<Long> results = new ArrayList<>();
      for (Future<Long> future : executor.invokeAll(tasks)) {
        results.add(future.get());
      }
      return results;
    }
  }
}
