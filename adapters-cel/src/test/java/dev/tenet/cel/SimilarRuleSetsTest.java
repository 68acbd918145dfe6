package dev.tenet.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.evaluation.RuleCompiler.Compilation;
import dev.tenet.domain.evaluation.RuleOutcome;
import dev.tenet.domain.evaluation.Selection;
import dev.tenet.domain.tenant.Limits;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Compiling on top of a similar rule set gives what compiling from nothing gives, with less work.
final class SimilarRuleSetsTest {

  private static final Map<String, Object> OTHER_SCHEMA =
      Map.of("User", Map.of("Age", "string", "Name", "string", "Active", "bool"));
  private static final List<String> CONDITIONS =
      List.of(
          "User.Age > 18",
          "User.Age > 21",
          "User.Name == 'Ann'",
          "grown && User.Active",
          "User.Nope == 1",
          "size(User.Name) == int(User.Age)");

  private final CelRuleCompiler compiler = new CelRuleCompiler(Limits.DEFAULT, List.of());

  @Test
  void compilesOnlyWhatChanged() {
    Compilation known = many(500).compile();
    long before = compiler.checks();

    Compilation next = compiler.compile(many(501).state(), known.ruleSet());

    assertThat(compiler.checks()).isEqualTo(before + 1);
    assertThat(next.verdict().ruleFaults()).isEmpty();
  }

  @Test
  void aWornIndexIsBuiltAnewMeanwhile() throws Exception {
    Compilation known = many(100).compile();
    for (int rules = 101; rules <= 200; rules++) {
      known = compiler.compile(many(rules).state(), known.ruleSet());
    }
    Background.EXECUTOR.submit(() -> {}).get();
    Compilation settled = compiler.compile(many(201).state(), known.ruleSet());
    Background.EXECUTOR.submit(() -> {}).get();

    assertThat(((CelRuleSet) settled.ruleSet()).compiled().orElseThrow().programs().isWorn())
        .isFalse();
    var facts = many(0).facts(Map.of("User", Map.of("Age", 150)));
    assertThat(settled.ruleSet().evaluate(facts, Selection.ALL, Bench.NOW).outcomes())
        .hasSize(201)
        .filteredOn(RuleOutcome::matched)
        .hasSize(150);
  }

  private Bench many(int rules) {
    Bench bench = new Bench(compiler, Bench.SCHEMA);
    for (int i = 0; i < rules; i++) {
      bench.rule("rule " + i, "User.Age > " + i);
    }
    return bench;
  }

  @Test
  void isTheSameAsCompilingFromNothing() {
    Random random = new Random(20261121);
    Compilation known = random(random).compile();
    for (int i = 0; i < 300; i++) {
      Bench bench = random(random);
      Compilation fresh = new CelRuleCompiler(Limits.DEFAULT, List.of()).compile(bench.state());

      known = compiler.compile(bench.state(), known.ruleSet());

      assertThat(known.verdict()).isEqualTo(fresh.verdict());
      assertThat(known.ruleSet().layout()).isEqualTo(fresh.ruleSet().layout());
      var facts = bench.facts(Map.of());
      for (Selection selection :
          List.of(
              Selection.ALL,
              new Selection(List.of(Bench.id("rule 1"), Bench.id("rule 9")), Set.of(), false, true),
              new Selection(List.of(), Set.of("even"), true, false))) {
        assertThat(known.ruleSet().evaluate(facts, selection, Bench.NOW))
            .isEqualTo(fresh.ruleSet().evaluate(facts, selection, Bench.NOW));
      }
    }
  }

  private Bench random(Random random) {
    Bench bench = new Bench(compiler, random.nextInt(4) == 0 ? OTHER_SCHEMA : Bench.SCHEMA);
    if (random.nextInt(3) > 0) {
      bench.derived("grown", random.nextBoolean() ? "User.Age > 18" : "User.Name != ''");
    }
    for (int i = 0; i < 8; i++) {
      if (random.nextInt(5) > 0) {
        bench.rule(
            "rule " + i,
            CONDITIONS.get(random.nextInt(CONDITIONS.size())),
            random.nextBoolean() ? Map.of() : Map.of("name", "User.Name"),
            i % 2 == 0 ? Set.of("even") : Set.of(),
            random.nextInt(4) > 0);
      }
    }
    return bench;
  }
}
