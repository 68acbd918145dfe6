package dev.tenet.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.evaluation.RuleCompiler.Compilation;
import dev.tenet.cel.bytecode.CodeCompiler;
import dev.tenet.cel.index.ResidualCompiler;
import dev.tenet.cel.plan.Condition;
import dev.tenet.cel.plan.Relation;
import dev.tenet.domain.evaluation.Facts;
import dev.tenet.domain.evaluation.RuleOutcome;
import dev.tenet.domain.evaluation.Selection;
import dev.tenet.domain.tenant.Limits;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Rule sets that were replaced leave nothing behind.
@Timeout(120)
class SwapTest {

  private static final int SWAPS = 1_000;
  private static final int MOST_COLLECTIONS = 50;
  private static final long ALLOWED_BYTES = 16 << 20;
  private static final int ALLOWED_CLASSES = 100;
  private static final Selection MATCHED = new Selection(List.of(), Set.of(), true, false);

  private final CelRuleCompiler compiler = new CelRuleCompiler(Limits.DEFAULT, List.of());

  @Test
  void aThousandSwapsLeaveNoClassesAndNoMemoryBehind() throws Exception {
    swap(10);
    int classes = classes();
    long bytes = bytes();

    swap(SWAPS);

    assertThatAllIsBack(classes, bytes);
  }

  @Test
  void codeGoesAwayWithThoseWhoUseIt() {
    int classes = classes();
    long bytes = bytes();
    long unloaded = ManagementFactory.getClassLoadingMXBean().getUnloadedClassCount();

    for (int i = 0; i < SWAPS; i++) {
      var condition = new Condition.IntegerSlot(0, Relation.LESS, i);
      assertThat(new CodeCompiler(Runnable::run).code(List.of(condition))).isNotNull();
    }

    assertThatAllIsBack(classes, bytes);
    assertThat(ManagementFactory.getClassLoadingMXBean().getUnloadedClassCount() - unloaded)
        .isGreaterThan(SWAPS - ALLOWED_CLASSES);
  }

  /// Equalities of truth values nest without growing, and do not take the literals of other conditions for their own.
  @Test
  void hotEqualitiesOfTruthValuesDecideAsColdOnes() throws Exception {
    StringBuilder nested = new StringBuilder("User.Age > 3");
    for (int depth = 0; depth < 25; depth++) {
      nested.insert(0, "User.Active == (").append(')');
    }
    Bench bench =
        new Bench(compiler, Bench.SCHEMA)
            .rule("same", "User.Active == (User.Age > 3)")
            .rule("chosen", "User.Active ? User.Age > 3 : !(User.Age > 5)")
            .rule("nested", nested.toString());
    Compilation compilation = bench.compile();
    Facts facts = bench.facts(Map.of("User", Map.of("Age", 4, "Active", true)));
    var cold = compilation.ruleSet().evaluate(facts, Selection.ALL, Bench.NOW);
    for (int use = 0; use <= ResidualCompiler.HOT; use++) {
      compilation.ruleSet().evaluate(facts, Selection.ALL, Bench.NOW);
    }
    Background.EXECUTOR.submit(() -> {}).get();

    assertThat(compilation.ruleSet().evaluate(facts, Selection.ALL, Bench.NOW)).isEqualTo(cold);
    assertThat(cold.outcomes()).allMatch(RuleOutcome::matched);
  }

  private static void assertThatAllIsBack(int classes, long bytes) {
    int collections = 0;
    while ((classes() > classes + ALLOWED_CLASSES || bytes() > bytes + ALLOWED_BYTES)
        && collections < MOST_COLLECTIONS) {
      collections++;
    }
    assertThat(classes()).isLessThanOrEqualTo(classes + ALLOWED_CLASSES);
    assertThat(bytes()).isLessThanOrEqualTo(bytes + ALLOWED_BYTES);
  }

  /// Every rule set is used until its residuals are code.
  private void swap(int times) throws ExecutionException, InterruptedException {
    Compilation current = compiler.compile(bench(-1).state());
    Facts facts = bench(-1).facts(Map.of("User", Map.of("Age", 20, "Score", 3.5)));
    for (int swap = 0; swap < times; swap++) {
      current = compiler.compile(bench(swap % 50).state());
      for (int use = 0; use <= ResidualCompiler.HOT; use++) {
        current.ruleSet().evaluate(facts, MATCHED, Bench.NOW);
      }
      Background.EXECUTOR.submit(() -> {}).get();
    }
  }

  private Bench bench(int swap) {
    Bench bench = new Bench(compiler, Bench.SCHEMA);
    for (int i = 0; i < 5; i++) {
      bench.rule("rule " + i, "double(User.Age) * %d.5 > User.Score + %d.0".formatted(i, swap));
    }
    return bench;
  }

  private static int classes() {
    System.gc();
    return ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
  }

  private static long bytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
