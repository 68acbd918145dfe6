package dev.tenet.benchmark.jmh;

import dev.tenet.application.evaluation.RuleSet;
import dev.tenet.benchmark.contestant.Tenants;
import dev.tenet.benchmark.rules.RuleSets;
import dev.tenet.benchmark.rules.RuleShape;
import dev.tenet.benchmark.rules.Sample;
import dev.tenet.cel.CelRuleCompiler;
import dev.tenet.domain.definition.RuleDefinition;
import dev.tenet.domain.definition.RuleSetDefinition;
import dev.tenet.domain.evaluation.Facts;
import dev.tenet.domain.evaluation.Selection;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.domain.tenant.TenantState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// How long definitions take to become rules that run.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class CompileBenchmark {

  @Param("10000")
  private int rules;

  private TenantState state = Tenants.state(RuleSetDefinition.of(Sample.SCHEMA));
  private CelRuleCompiler compiler = compiler();
  private RuleSet before = Tenants.compiled(compiler, state);
  private Facts facts = Tenants.facts(before, Sample.generate(1, 1).getFirst().plain());
  private TenantState after = state;
  private Selection newRule = Selection.ALL;
  private int added;

  private static CelRuleCompiler compiler() {
    return new CelRuleCompiler(Limits.DEFAULT, List.of());
  }

  @Setup
  public void prepare() {
    state =
        Tenants.state(
            Tenants.written(
                RuleSets.generate(RuleShape.SELECTIVE, rules, RuleSetBenchmark.RULE_SEED)));
    before = Tenants.compiled(compiler, state);
    facts =
        Tenants.facts(before, Sample.generate(1, RuleSetBenchmark.SAMPLE_SEED).getFirst().plain());
  }

  /// The tenant with one more rule, whose text nobody has seen before.
  @Setup(Level.Invocation)
  public void addRule() {
    added++;
    Rule rule =
        Tenants.state(
                new RuleSetDefinition(
                    Sample.SCHEMA,
                    List.of(),
                    List.of(
                        RuleDefinition.of(
                            "added " + added,
                            "User.Age >= 18 && Transaction.Amount > %d.25".formatted(added)))))
            .rules()
            .getFirst();
    List<Rule> longer = new ArrayList<>(state.rules());
    longer.add(rule);
    after =
        new TenantState(
            state.tenant(),
            state.revision() + 1,
            state.schema(),
            state.latestSchemaVersion(),
            state.derivedFields(),
            longer);
    newRule = new Selection(List.of(rule.id()), Set.of(), false, false);
  }

  /// All rules, by a compiler that has seen none of them.
  @Benchmark
  public RuleSet everything() {
    return Tenants.compiled(compiler(), state);
  }

  /// All rules, by a compiler that has checked each of them before: what is left is the index, and looking them up.
  @Benchmark
  public RuleSet allChecked() {
    return Tenants.compiled(compiler, state);
  }

  /// One rule more than in a rule set that is there, and its first decision.
  @Benchmark
  public RuleSet.Evaluation oneMore() {
    return compiler.compile(after, before).ruleSet().evaluate(facts, newRule, Instant.EPOCH);
  }
}
