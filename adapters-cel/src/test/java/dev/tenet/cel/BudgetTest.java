package dev.tenet.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.evaluation.RuleOutcome;
import dev.tenet.domain.evaluation.Selection;
import dev.tenet.domain.tenant.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// No expression gets more than its share of work, time and memory, and no rule suffers for another.
@Timeout(120)
class BudgetTest {

  private static final Map<String, Object> FACTS =
      Map.of(
          "User",
          Map.of(
              "Age",
              25L,
              "Name",
              "a".repeat(20_000),
              "Scores",
              IntStream.range(0, 2_000).mapToObj(i -> (Object) (long) i).toList()));
  private static final Bench BENCH =
      new Bench(limits(Limits.DEFAULT.ruleCost(), Duration.ofSeconds(60)));

  /// {@return `body` over `a30`, each `a` bound to `step` of the one before}
  private static String doubled(int times, String start, String step, String body) {
    String expression = body.replace("#", "a" + times);
    for (int i = times; i > 0; i--) {
      expression =
          "cel.bind(a%d, %s, %s)".formatted(i, step.replace("#", "a" + (i - 1)), expression);
    }
    return "cel.bind(a0, %s, %s)".formatted(start, expression);
  }

  static List<String> explosive() {
    return List.of(
        "lists.range(User.Age * 1000000000000).size() > 0",
        "User.Scores.exists(a, User.Scores.exists(b, User.Scores.exists(c, a + b + c < 0)))",
        "User.Scores.map(a, User.Scores.map(b, [a, b, a, b, a, b])).size() > 0",
        "User.Scores.all(a, User.Scores.all(b, 1 / dyn(0) > a)) || User.Age < 0",
        "true || false ? User.Scores.all(a, User.Scores.all(b, true)) : true",
        doubled(40, "User.Name", "# + #", "size(#) > 0"),
        doubled(40, "User.Scores", "# + #", "size(#) > 0"),
        doubled(40, "bytes(User.Name)", "# + #", "size(#) > 0"),
        doubled(20, "'xxxxxxxx'", "#.replace('x', #)", "size(#) > 0"),
        doubled(20, "'xxxxxxxx'", "#.replace('', #)", "size(#) > 0"),
        doubled(30, "'xxxxxxxx'", "[#, #].join(#)", "size(#) > 0"),
        doubled(30, "'xxxxxxxx'", "regex.replace(#, '(x)', '\\\\1\\\\1\\\\1\\\\1')", "size(#) > 0"),
        doubled(50, "[1]", "[#, #]", "# == #"),
        doubled(50, "[1]", "[#, #]", "# in [#]"),
        doubled(50, "[1]", "[#, #]", "#.distinct().size() > 0"),
        doubled(50, "[1]", "[#, #]", "#.flatten().size() > 0"),
        doubled(50, "[1]", "[#, #]", "sets.contains(#, #)"),
        doubled(50, "[1]", "[#, #]", "[[#], [#]].sortBy(x, x).size() > 0"),
        doubled(50, "dyn([1])", "dyn([#, #])", "#.flatten(100).size() > 0"),
        doubled(50, "dyn({'a': 1})", "dyn({'a': #, 'b': #})", "# == #"),
        "User.Name.contains(User.Name + 'b')",
        "User.Name.indexOf(User.Name.substring(10000) + 'b') > 0",
        "User.Name.split('').map(c, User.Name).join('').size() > 0",
        "User.Scores.map(x, User.Name).join('').matches('(a+)+$')",
        "User.Scores.sortBy(x, User.Scores).size() > 0",
        "User.Scores.map(x, User.Scores).sortBy(x, x[0]).map(x, x + x + x).flatten().size() > 0");
  }

  @ParameterizedTest
  @MethodSource("explosive")
  void anExplosiveRuleFailsAloneAndTheOthersGoOn(String expression) {
    Bench bench =
        new Bench(BENCH.compiler(), Bench.SCHEMA)
            .rule("before", "User.Age > 18")
            .rule("explosive", expression)
            .rule("after", "User.Age > 18");
    for (boolean trace : new boolean[] {false, true}) {
      List<RuleOutcome> outcomes =
          bench.outcomes(FACTS, new Selection(List.of(), Set.of(), false, trace));
      assertThat(outcomes).hasSize(3);
      assertThat(outcomes.get(0).matched()).isTrue();
      assertThat(outcomes.get(1).matched()).isFalse();
      assertThat(outcomes.get(1).fault())
          .isNotNull()
          .extracting(fault -> fault.code())
          .isIn("cost_exceeded", "deadline_exceeded");
      assertThat(outcomes.get(2).matched()).isTrue();
    }
  }

  static List<String> hopeless() {
    return List.of(
        "lists.range(1000000000000).size() > 0",
        "lists.range(1000001).exists(x, x > User.Age)",
        "lists.range(1000).map(a, lists.range(1000).map(b, a * b)).size() > 0",
        "lists.range(2000000).size() > 0 || lists.range(3000000).size() > 0",
        "User.Age > 0 ? lists.range(2000000) == [] : lists.range(3000000) == []",
        "lists.range(200000).sortBy(x, -x)[0] == User.Age",
        "lists.range(1001).map(x, 'x').join('" + "x".repeat(8_500) + "').size() > 0 ? true : false",
        doubled(40, "'xxxxxxxx'", "# + #", "size(#) > 0"),
        doubled(40, "[1]", "# + #", "size(#) > 0"),
        doubled(40, "b'xxxxxxxx'", "# + #", "size(#) > 0"));
  }

  @ParameterizedTest
  @MethodSource("hopeless")
  void aRuleThatNoFactsFitIsRefused(String expression) {
    Bench bench =
        new Bench(BENCH.compiler(), Bench.SCHEMA)
            .derived("field", "[" + expression + "]")
            .rule("condition", expression)
            .rule("output", "true", Map.of("o", expression));
    assertThat(bench.faults("condition"))
        .extracting(Diagnostic::code)
        .containsExactly("cost_hopeless");
    assertThat(bench.faults("output"))
        .extracting(Diagnostic::code)
        .containsExactly("cost_hopeless");
    assertThat(bench.derivedFaults("field"))
        .extracting(Diagnostic::code)
        .containsExactly("cost_hopeless");
    assertThat(bench.check(expression).diagnostics())
        .extracting(Diagnostic::code)
        .contains("cost_hopeless");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "User.Age > 18 || lists.range(2000000).size() > 0",
        "lists.range(2000000).size() > 0 || User.Age > 18",
        "User.Age < 18 && lists.range(2000000).size() > 0",
        "User.Age > 18 ? true : lists.range(2000000).size() > 0",
        "optional.of(true).orValue(lists.range(2000000).size() > 0)",
        "cel.bind(dear, lists.range(2000000), User.Age > 18 || size(dear) > 0)",
        "lists.range(900000).all(x, x < User.Age)",
        "User.Scores.all(a, lists.range(900000).all(b, a < b))",
        "[1, 2].all(x, x > 2 && lists.range(2000000).size() > 0)",
        "lists.range(600000).size() > 0 && lists.range(600000).size() > 0",
        "(lists.range(600000).size() > 0) == (lists.range(600000).size() > 0)",
        "lists.range(600000).size() > 0 ? lists.range(600000).size() > 0 : false",
        "!dyn(lists.range(999993).size() == 0)",
        "User.Age > 0 ? lists.range(999995).size() > 0 : lists.range(2000000).size() > 0",
        "size(dyn(lists.range(90000).map(x, x)) + dyn([1])) > 0",
      })
  void whatSomeFactsFitIsNotHopeless(String expression) {
    Bench bench = new Bench(BENCH.compiler(), Bench.SCHEMA).rule("r", expression);
    assertThat(bench.faults("r")).isEmpty();
    assertThat(bench.outcome("r", Map.of("User", Map.of("Age", 25L, "Scores", List.of()))).fault())
        .isNull();
  }

  @Test
  void whatIsHopelessIsNamed() {
    assertThat(
            new Bench(BENCH.compiler(), Bench.SCHEMA)
                .rule(
                    "r",
                    "User.Age > 18 ? lists.range(3000000).map(x, x)[5] > 1 : User.Tags == lists.range(2000000).map(x, 'x')")
                .faults("r"))
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.message())
                  .isEqualTo(
                      "The expression needs at least 18000009 units of work whatever the facts are, most of them for \"lists.range(2000000).map(x, \"x\")\"; the limit is 1000000. Go through fewer elements.");
              assertThat(fault.location()).isEqualTo(new Location.Span("expression", 90, 3, 1, 91));
            });
  }

  @Test
  void whatTypicalFactsExceedIsWarnedOf() {
    String dear = "User.Orders.all(o, lists.range(50000).all(x, o.Total > 1.0))";
    assertThat(BENCH.check(dear).diagnostics())
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.severity()).isEqualTo(Diagnostic.Severity.WARNING);
              assertThat(warning.code()).isEqualTo("cost_high");
              assertThat(warning.message()).contains("limit of 1000000", "lists.range(50000)");
            });
    assertThat(new Bench(BENCH.compiler(), Bench.SCHEMA).rule("r", dear).faults("r")).isEmpty();
    assertThat(BENCH.check("lists.range(1000).all(x, x < User.Age)").cost().orElseThrow().typical())
        .isGreaterThan(5_000);
    assertThat(BENCH.check("lists.range(1000).all(x, x < User.Age)").diagnostics()).isEmpty();
  }

  @Test
  void aLowerLimitMakesMoreRulesHopeless() {
    String rule = "[1, 2, 3].map(x, x * User.Age).size() == 3";
    assertThat(new Bench(limits(25, Duration.ofSeconds(60))).rule("r", rule).faults("r"))
        .extracting(Diagnostic::code)
        .containsExactly("cost_hopeless");
    assertThat(new Bench(limits(50, Duration.ofSeconds(60))).rule("r", rule).faults("r")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"&& true", "|| true", "&& 1 > 0", "? true : false", "== true", "in [true]"})
  void valuesThatAreHugeWhenWrittenOutNeverAre(String suffix) {
    Object value = BENCH.value(doubled(50, "dyn([1])", "dyn([#, #])", "# " + suffix), FACTS);
    assertThat(String.valueOf(value)).hasSizeLessThan(200);
  }

  @Test
  void resultsAreBounded() {
    assertThat(BENCH.value(doubled(50, "[1]", "[#, #]", "#")))
        .isEqualTo("result_too_large: The value is too large to be returned or shown.");
    assertThat(BENCH.value("lists.range(500000)"))
        .isEqualTo("result_too_large: The value is too large to be returned or shown.");
  }

  @Test
  void tracesAreBounded() {
    Bench bench =
        new Bench(BENCH.compiler(), Bench.SCHEMA)
            .rule("r", doubled(20, "[User.Age]", "[#, #]", "#") + ".size() == 2");
    RuleOutcome outcome = bench.traced("r", FACTS);
    assertThat(outcome.matched()).isTrue();
    assertThat(outcome.trace()).isNotNull();
    assertThat(String.valueOf(outcome.trace())).hasSizeLessThan(100_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a+)+$", "(a|aa)+$", "(a|a)*b", "(.*)*b", "(a*)*(a*)*(a*)*b"})
  void catastrophicRegexesTakeLinearTime(String regex) {
    Object value = BENCH.value("User.Name.matches('%s')".formatted(regex), FACTS);
    assertThat(value).isInstanceOf(Boolean.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"((a{100}){100}){100}", "(a{1000}){1000}", "(((((a{30}){30}){30}){30}){30})"})
  void hugeRegexProgramsAreRefused(String regex) {
    assertThat(BENCH.value("'a'.matches(dyn('%s'))".formatted(regex)))
        .isEqualTo("invalid_argument: The regular expression is too large.");
  }

  @Test
  void ordinaryRepetitionsAreFine() {
    assertThat(
            BENCH.value(
                "'550e8400-e29b-41d4-a716-446655440000'.matches('^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$')"))
        .isEqualTo(true);
    assertThat(BENCH.value("'a{b'.matches('a{b')")).isEqualTo(true);
  }

  @Test
  void ordinaryWorkFitsTheBudget() {
    assertThat(BENCH.value("User.Scores.filter(x, x % 2 == 0).size()", FACTS)).isEqualTo(1000L);
    assertThat(BENCH.value("lists.range(10000).map(x, x * 2).size()")).isEqualTo(10_000L);
    assertThat(BENCH.value("User.Name.replace('a', 'bb').size()", FACTS)).isEqualTo(40_000L);
    assertThat(BENCH.value("lists.range(20000).map(x, string(x)).distinct().size()"))
        .isEqualTo(20_000L);
    assertThat(BENCH.value("lists.range(10000).sortBy(x, -x)[0]")).isEqualTo(9_999L);
  }

  @Test
  void eachRuleHasABudgetOfItsOwn() {
    String half = "lists.range(50000).all(x, x >= 0)";
    Bench bench =
        new Bench(BENCH.compiler(), Bench.SCHEMA)
            .rule("a", half)
            .rule("b", half)
            .rule("c", half)
            .rule("d", half);
    assertThat(bench.outcomes(FACTS, Selection.ALL)).allMatch(RuleOutcome::matched);
  }

  @Test
  void outputsShareTheirRulesBudget() {
    String loop = "lists.range(60000).all(x, x >= 0)";
    Bench bench =
        new Bench(BENCH.compiler(), Bench.SCHEMA)
            .rule(
                "r",
                "true",
                IntStream.range(0, 5).boxed().collect(Collectors.toMap(i -> "o" + i, i -> loop)));
    assertThat(bench.outcome("r", FACTS).fault())
        .isNotNull()
        .extracting(fault -> fault.code())
        .isEqualTo("cost_exceeded");
  }

  @Test
  void whatAnotherOperandDecidesNeedsNoBudget() {
    String dear = "User.Scores.all(a, User.Scores.all(b, 1 / dyn(0) > a))";
    Bench bench =
        new Bench(BENCH.compiler(), Bench.SCHEMA)
            .rule("either", dear + " || User.Age > 0")
            .rule("both", dear + " && User.Age < 0");

    for (boolean trace : new boolean[] {false, true}) {
      List<RuleOutcome> outcomes =
          bench.outcomes(FACTS, new Selection(List.of(), Set.of(), false, trace));
      assertThat(outcomes).extracting(RuleOutcome::matched).containsExactly(true, false);
      assertThat(outcomes).extracting(RuleOutcome::fault).containsOnlyNulls();
    }
  }

  @Test
  void rulesAfterTheDeadlineFailWithIt() {
    Limits hurried = limits(Limits.DEFAULT.ruleCost(), Duration.ofNanos(1));
    Bench bench = new Bench(hurried).rule("a", "true").rule("b", "User.Age > 18");
    assertThat(bench.outcomes(FACTS, Selection.ALL))
        .hasSize(2)
        .allSatisfy(
            outcome ->
                assertThat(outcome.fault())
                    .isNotNull()
                    .extracting(fault -> fault.code())
                    .isEqualTo("deadline_exceeded"));
  }

  @Test
  void theDeadlineInterruptsARunningRule() {
    Limits patient = limits(Long.MAX_VALUE / 4, Duration.ofMillis(50));
    Bench bench =
        new Bench(patient)
            .rule(
                "endless",
                "User.Scores.all(a, User.Scores.all(b, User.Scores.all(c, a + b + c >= 0)))")
            .rule("next", "true");
    assertThat(bench.outcomes(FACTS, Selection.ALL).getFirst().fault())
        .isNotNull()
        .extracting(fault -> fault.code())
        .isEqualTo("deadline_exceeded");
    assertThat(bench.traced("endless", FACTS).fault()).isNotNull();
  }

  @Test
  void aLowCostLimitIsTheLimit() {
    Bench bench =
        new Bench(limits(10, Duration.ofSeconds(60))).rule("r", "User.Scores.all(x, x >= 0)");
    assertThat(bench.outcome("r", FACTS).fault())
        .isNotNull()
        .extracting(fault -> fault.message())
        .isEqualTo("The expression needs more work than the limit of 10 units allows.");
  }

  @Test
  void aDerivedFieldHasABudgetOfItsOwn() {
    Bench bench =
        new Bench(BENCH.compiler(), Bench.SCHEMA)
            .derived("dear", "User.Scores.all(a, User.Scores.all(b, a + b >= 0))")
            .rule("uses", "dear")
            .rule("other", "User.Age > 18");
    assertThat(bench.outcome("uses", FACTS).fault())
        .isNotNull()
        .extracting(fault -> fault.code())
        .isEqualTo("derived_field_failed");
    assertThat(bench.outcome("other", FACTS).matched()).isTrue();
  }

  private static Limits limits(long cost, Duration time) {
    Limits d = Limits.DEFAULT;
    return new Limits(
        d.rules(),
        d.derivedFields(),
        d.schemaBytes(),
        d.expressionLength(),
        d.expressionDepth(),
        d.expressionNodes(),
        d.comprehensionNesting(),
        d.factsBytes(),
        d.batchSize(),
        cost,
        time);
  }
}
