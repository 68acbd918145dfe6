package dev.tenet.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.evaluation.RuleCompiler.Compilation;
import dev.tenet.application.evaluation.TimeSlice;
import dev.tenet.cel.bytecode.CodeCompiler;
import dev.tenet.cel.index.ResidualCompiler;
import dev.tenet.cel.index.Residuals;
import dev.tenet.cel.plan.Condition;
import dev.tenet.cel.plan.Slots;
import dev.tenet.cel.plan.TimeLimit;
import dev.tenet.domain.evaluation.Facts;
import dev.tenet.domain.evaluation.RuleOutcome;
import dev.tenet.domain.evaluation.Selection;
import dev.tenet.domain.tenant.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// However a rule set decides, by its index, by typed conditions one by one, or by code, it decides as the nodes do, which
/// [PlannerDifferentialTest] holds against cel-java. Longer with `-Dtenet.differential.sets=100000`.
@Timeout(600)
class ExecutorsDifferentialTest {

  private static final int SETS = Integer.getInteger("tenet.differential.sets", 12);
  private static final int RULES = 60;
  private static final long FUEL = 1_000_000;
  private static final int FACTS = 60;

  private static final Set<String> LEGITIMATE = Set.of("constant_fails", "enum_value_unknown");

  /// How many conditions of a set are near one another.
  private static final int NEIGHBOURS = 30;

  /// How many sets of near neighbours there are.
  private static final int NEIGHBOURHOODS = 2 * SETS;

  private static final int SETS_FOR_ONE_HOT = 8;

  private record Named(int id, String text) {}

  private int names;

  private Named named(String condition) {
    return new Named(names++, condition);
  }

  /// All rule sets share the code of shapes.
  private final CodeCompiler shared = new CodeCompiler(Runnable::run);

  private final CelRuleCompiler compiler = new CelRuleCompiler(Limits.DEFAULT, List.of());

  @Test
  void allExecutorsDecideAsTheNodesDo() {
    int typed = 0;
    for (int set = 0; set < SETS; set++) {
      RandomRules random = new RandomRules(20_261_121L + set);
      List<Named> conditions = new ArrayList<>();
      for (int i = 0; i < RULES; i++) {
        conditions.add(named(random.condition()));
      }
      Compilation compilation = compiler.compile(bench(conditions, random).state());
      for (int edit = 0; edit < 3; edit++) {
        typed += compared(compilation, conditions, random, FACTS);
        edit(conditions, random);
        compilation = compiler.compile(bench(conditions, random).state(), compilation.ruleSet());
      }
    }
    assertThat(typed).isGreaterThan(SETS * RULES);
  }

  /// Tenants with schemas and rules of almost the same shape share code, and nothing else.
  @Test
  void nearNeighboursDecideAsTheNodesDo() throws Exception {
    for (int set = 0; set < NEIGHBOURHOODS; set++) {
      neighbourhood(set);
    }
  }

  private void neighbourhood(int set) throws Exception {
    RandomRules random = new RandomRules(20_261_122L + set).narrow();
    NearNeighbours neighbours = new NearNeighbours(random);
    List<Phrase> phrases = new ArrayList<>();
    while (phrases.size() < RULES) {
      phrases.addAll(neighbours.around(random.phrase("seed", 2), NEIGHBOURS));
    }
    Compilation compilation = compared(phrases, random);
    RandomRules twin = random.twin();
    NearNeighbours twins = new NearNeighbours(twin);
    compared(phrases.stream().map(phrase -> twins.twinOf(phrase)).toList(), twin);
    if (set % SETS_FOR_ONE_HOT == 0) {
      hot(compilation, random);
    }
  }

  private Compilation compared(List<Phrase> phrases, RandomRules random) {
    List<Named> conditions = phrases.stream().map(phrase -> named(phrase.text())).toList();
    Compilation compilation = compiler.compile(bench(conditions, random).state());
    compared(compilation, conditions, random, FACTS / 3);
    return compilation;
  }

  /// Compares what a rule set decides before and after it has code, as it gets it on the way.
  private void hot(Compilation compilation, RandomRules random) throws Exception {
    Bench reader = bench(List.of(), random);
    List<Facts> facts =
        Stream.generate(random::facts).limit(FACTS).map(raw -> reader.facts(raw)).toList();
    List<List<RuleOutcome>> cold = outcomes(compilation, facts);
    for (int use = 0; use < ResidualCompiler.HOT; use += FACTS) {
      outcomes(compilation, facts);
    }
    Background.EXECUTOR.submit(() -> {}).get();
    assertThat(outcomes(compilation, facts)).isEqualTo(cold);
  }

  private static List<List<RuleOutcome>> outcomes(Compilation compilation, List<Facts> facts) {
    return facts.stream()
        .map(each -> compilation.ruleSet().evaluate(each, Selection.ALL, Bench.NOW).outcomes())
        .toList();
  }

  private void edit(List<Named> conditions, RandomRules random) {
    conditions.remove(random.below(conditions.size()));
    conditions.set(random.below(conditions.size()), named(random.condition()));
    conditions.add(random.below(conditions.size()), named(random.condition()));
  }

  private Bench bench(List<Named> conditions, RandomRules random) {
    Bench bench = new Bench(compiler, random.schema());
    RandomRules.DERIVED.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(field -> bench.derived(field.getKey(), field.getValue()));
    conditions.forEach(condition -> bench.rule("rule " + condition.id(), condition.text()));
    return bench;
  }

  private int compared(
      Compilation compilation, List<Named> conditions, RandomRules random, int sets) {
    assertThat(compilation.verdict().ruleFaults().values().stream().flatMap(List::stream))
        .allMatch(fault -> LEGITIMATE.contains(fault.code()));
    CompiledRules rules = ((CelRuleSet) compilation.ruleSet()).compiled().orElseThrow();
    Bench reader = bench(List.of(), random);
    Residuals code = shared.code(rules.programs().all().stream().map(RuleProgram::typed).toList());
    List<Residuals> alone =
        rules.programs().all().stream()
            .map(program -> new CodeCompiler(Runnable::run).code(List.of(program.typed())))
            .toList();
    try (var slice = new TimeSlice()) {
      for (int i = 0; i < sets; i++) {
        Map<String, Object> raw = random.facts();
        Facts facts = reader.facts(raw);
        List<RuleOutcome> outcomes =
            compilation.ruleSet().evaluate(facts, Selection.ALL, Bench.NOW).outcomes();
        for (int number = 0; number < outcomes.size(); number++) {
          RuleProgram program = rules.programs().all().get(number);
          String exact = exactly(program, rules, facts, slice);
          assertThat(told(outcomes.get(number)))
              .as("index: %s with %s of %s", program.rule().expression().text(), raw, conditions)
              .isEqualTo(exact);
          String plain = exact.startsWith("fault") ? "fault" : exact;
          Slots slots = rules.programs().open(facts, Bench.NOW, Limits.DEFAULT, slice).slots();
          slots.fuel = FUEL;
          assertThat(text(program.typed().test(slots)))
              .as("typed: %s with %s", program.rule().expression().text(), raw)
              .isEqualTo(plain);
          slots.fuelEach(FUEL);
          assertThat(text(alone.get(number), 0, slots))
              .as("code of its own: %s with %s", program.rule().expression().text(), raw)
              .isEqualTo(plain);
          slots.fuelEach(FUEL);
          assertThat(text(code, number, slots))
              .as("code: %s with %s", program.rule().expression().text(), raw)
              .isEqualTo(plain);
        }
      }
    }
    return (int)
        rules.programs().all().stream()
            .filter(program -> !(program.typed() instanceof Condition.Opaque))
            .count();
  }

  private static String told(RuleOutcome outcome) {
    return outcome.fault() == null
        ? String.valueOf(outcome.matched())
        : "fault " + outcome.fault().code() + ' ' + outcome.fault().message();
  }

  private static String exactly(
      RuleProgram program, CompiledRules rules, Facts facts, TimeSlice slice) {
    DecisionRun run = rules.programs().open(facts, Bench.NOW, Limits.DEFAULT, slice).run();
    try {
      Meter meter = new Meter(1_000_000, TimeLimit.of(Duration.ofMinutes(1)));
      return String.valueOf(program.condition().evaluate(meter, run, null));
    } catch (EvaluationFault fault) {
      return "fault " + fault.code() + ' ' + fault.text();
    }
  }

  private static String text(Residuals code, int number, Slots slots) {
    long bit = 1L << number;
    boolean holds = code.holding(number / Long.SIZE, bit, slots) == bit;
    return slots.takeFaults() == bit ? "fault" : String.valueOf(holds);
  }

  private static String text(int outcome) {
    return switch (outcome) {
      case Condition.TRUE -> "true";
      case Condition.FALSE -> "false";
      default -> "fault";
    };
  }
}
