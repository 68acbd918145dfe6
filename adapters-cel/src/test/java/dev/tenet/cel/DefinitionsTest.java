package dev.tenet.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.evaluation.RuleSet;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.evaluation.RuleOutcome;
import dev.tenet.domain.evaluation.Selection;
import dev.tenet.domain.schema.FieldType;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Derived fields, outputs, and which rules a rule set has.
class DefinitionsTest {

  private static final Bench BENCH = new Bench();
  private static final Map<String, ?> ADULT =
      Map.of("User", Map.of("Age", 25L, "Citizenship", "CANADA"));

  private static Bench bench() {
    return new Bench(BENCH.compiler(), Bench.SCHEMA);
  }

  private static String code(RuleOutcome outcome) {
    var fault = outcome.fault();
    return fault == null ? "" : fault.code();
  }

  @Test
  void derivedFieldsAreInferredAndComputedInOrder() {
    Bench bench =
        bench()
            .derived("canDrink", "isAdult && isCanadian && age2 > 0.5")
            .derived("isAdult", "User.Age >= 18")
            .derived("isCanadian", "User.Citizenship == 'CANADA'")
            .derived("age2", "double(User.Age) / 2.0")
            .rule("r", "canDrink");
    assertThat(bench.type("canDrink")).isEqualTo("bool");
    assertThat(bench.type("age2")).isEqualTo("double");
    assertThat(bench.dependencies("canDrink")).containsExactly("age2", "isAdult", "isCanadian");
    assertThat(bench.dependencies("isCanadian")).containsExactly("User.Citizenship");
    assertThat(bench.outcome("r", ADULT).matched()).isTrue();
  }

  @Test
  void derivedFieldsAreTypedForRules() {
    Bench bench = bench().derived("isAdult", "User.Age >= 18").rule("r", "isAdult > 3");
    assertThat(bench.faults("r"))
        .singleElement()
        .extracting(Diagnostic::message)
        .isEqualTo("No operator > takes bool and int.");
  }

  @Test
  void layoutTellsTheTypesOfSuppliedValues() {
    Bench bench =
        bench()
            .derived("a", "User.Age > 1")
            .derived("b", "User.Age + 1")
            .derived("c", "User.Score")
            .derived("d", "User.Tags")
            .derived("e", "now - User.Joined")
            .derived("f", "{'x': 1}")
            .derived("g", "User.Profile")
            .derived("h", "User.Avatar")
            .derived("broken", "User.Nope");
    assertThat(bench.compile().ruleSet().layout().orElseThrow().derived())
        .isEqualTo(
            Map.of(
                "a", FieldType.Scalar.BOOL,
                "b", FieldType.Scalar.INT,
                "c", FieldType.Scalar.FLOAT64,
                "d", new FieldType.ListOf(FieldType.Scalar.STRING),
                "e", FieldType.Scalar.DURATION,
                "f", new FieldType.MapOf(FieldType.Scalar.INT),
                "g", new FieldType.Dyn(),
                "h", FieldType.Scalar.BYTES));
  }

  @Test
  void failingDerivedFieldFailsItsUsersOnly() {
    Bench bench =
        bench()
            .derived("note", "User.Note + '!'")
            .derived("loud", "note + '!'")
            .rule("uses", "loud == 'x!!'")
            .rule("other", "User.Age > 18")
            .rule("guarded", "User.Age > 18 || loud == 'x'");
    assertThat(bench.outcome("uses", ADULT).fault())
        .isNotNull()
        .satisfies(
            fault -> {
              assertThat(fault.code()).isEqualTo("derived_field_failed");
              assertThat(fault.message())
                  .isEqualTo(
                      "The derived field \"loud\" cannot be computed: The facts do not contain User.Note.");
            });
    assertThat(bench.outcome("other", ADULT).matched()).isTrue();
    assertThat(bench.outcome("guarded", ADULT).matched()).isTrue();
  }

  @Test
  void suppliedValueStandsInForMissingFactsOnly() {
    Bench bench =
        bench()
            .derived("isAdult", "User.Age >= 18")
            .derived("twice", "[isAdult, isAdult]")
            .rule("r", "isAdult")
            .rule("chained", "twice == [true, true]");
    assertThat(bench.outcome("r", Map.of("isAdult", true)).matched()).isTrue();
    assertThat(bench.outcome("chained", Map.of("isAdult", true)).matched()).isTrue();
    assertThat(bench.outcome("r", Map.of("User", Map.of("Age", 3L), "isAdult", true)).matched())
        .isFalse();
    Bench dividing = bench().derived("d", "1 / User.Age").rule("r", "d == 7");
    assertThat(code(dividing.outcome("r", Map.of("User", Map.of("Age", 0L), "d", 7L))))
        .isEqualTo("derived_field_failed");
    assertThat(dividing.outcome("r", Map.of("d", 7L)).matched()).isTrue();
  }

  @Test
  void cyclesAreRefusedByName() {
    Bench bench =
        bench()
            .derived("a", "b")
            .derived("b", "a > 1")
            .derived("self", "self + 1")
            .derived("outside", "a && true")
            .rule("r", "a")
            .rule("fine", "User.Age > 1");
    assertThat(bench.derivedFaults("a"))
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.code()).isEqualTo("derived_field_cycle");
              assertThat(fault.message()).isEqualTo("Derived fields form a cycle: a -> b -> a.");
            });
    assertThat(bench.derivedFaults("b")).hasSize(1);
    assertThat(bench.derivedFaults("self"))
        .extracting(Diagnostic::message)
        .containsExactly("Derived fields form a cycle: self -> self.");
    assertThat(bench.derivedFaults("outside"))
        .extracting(Diagnostic::code)
        .containsExactly("derived_field_broken");
    assertThat(bench.faults("r"))
        .singleElement()
        .extracting(Diagnostic::message)
        .isEqualTo("The derived field \"a\" cannot be computed: its own expression has errors.");
    assertThat(bench.faults("fine")).isEmpty();
  }

  @Test
  void longChainsAndLongCyclesAreFine() {
    Bench chain = bench().derived("d0", "User.Age");
    Bench cycle = bench().derived("d0", "d499 + 1");
    for (int i = 1; i < 500; i++) {
      chain.derived("d" + i, "d%d + 1".formatted(i - 1));
      cycle.derived("d" + i, "d%d + 1".formatted(i - 1));
    }
    chain.rule("r", "d499 == 524");
    assertThat(chain.outcome("r", ADULT).matched()).isTrue();
    assertThat(cycle.derivedFaults("d250"))
        .singleElement()
        .satisfies(
            fault -> {
              assertThat(fault.code()).isEqualTo("derived_field_cycle");
              assertThat(fault.message()).hasSizeLessThan(200);
            });
  }

  @Test
  void derivedFieldUnderAnObjectsNameIsRefused() {
    assertThat(bench().derived("User", "1").derivedFaults("User"))
        .extracting(Diagnostic::code)
        .containsExactly("derived_field_shadowed");
  }

  @Test
  void faultyDerivedFieldBreaksItsUsers() {
    Bench bench = bench().derived("bad", "User.Aeg > 1").rule("r", "bad && true");
    assertThat(bench.derivedFaults("bad"))
        .extracting(Diagnostic::code)
        .containsExactly("unknown_field");
    assertThat(bench.type("bad")).isNull();
    assertThat(bench.faults("r"))
        .extracting(Diagnostic::code)
        .containsExactly("derived_field_broken");
  }

  @Test
  void outputsAreEvaluatedWhenTheRuleMatches() {
    Map<String, String> then = new LinkedHashMap<>();
    then.put("tier", "User.Age > 20 ? 'gold' : 'silver'");
    then.put("discount", "double(User.Age) * 0.5");
    then.put("at", "now");
    then.put("nothing", "null");
    Bench bench = bench().rule("r", "User.Age > 18", then);
    Map<String, Object> expected = new LinkedHashMap<>();
    expected.put("tier", "gold");
    expected.put("discount", 12.5);
    expected.put("at", Bench.NOW);
    expected.put("nothing", null);
    assertThat(bench.outcome("r", ADULT).outputs()).isEqualTo(expected);
    assertThat(bench.outcome("r", ADULT).outputs().keySet())
        .containsExactly("tier", "discount", "at", "nothing");
    assertThat(bench.outcome("r", Map.of("User", Map.of("Age", 3L))).outputs()).isEmpty();
  }

  @Test
  void faultOfAnOutputIsTheRules() {
    Bench bench = bench().rule("r", "true", Map.of("x", "User.Note"));
    RuleOutcome outcome = bench.outcome("r", ADULT);
    assertThat(outcome.matched()).isFalse();
    assertThat(code(outcome)).isEqualTo("fact_missing");
    assertThat(outcome.outputs()).isEmpty();
    Bench twice = bench().rule("r", "true", Map.of("x", "{dyn(1): 'a', dyn('1'): 'b'}"));
    assertThat(code(twice.outcome("r", ADULT))).isEqualTo("invalid_argument");
    Bench unmatched = bench().rule("r", "false", Map.of("x", "User.Note"));
    assertThat(unmatched.outcome("r", ADULT).fault()).isNull();
  }

  @Test
  void disabledAndFaultyRulesAreNotInTheSetButFaultsAreTold() {
    Bench bench =
        bench()
            .rule("on", "true")
            .rule("off", "true", Map.of(), Set.of(), false)
            .rule("faulty", "User.Aeg > 1")
            .rule("faultyOff", "User.Aeg > 1", Map.of(), Set.of(), false);
    RuleSet ruleSet = bench.compile().ruleSet();
    var evaluation =
        ruleSet.evaluate(
            bench.facts(ADULT),
            new Selection(
                List.of(
                    Bench.id("faulty"),
                    Bench.id("on"),
                    Bench.id("off"),
                    Bench.id("nobody"),
                    Bench.id("on")),
                Set.of(),
                false,
                false),
            Bench.NOW);
    assertThat(evaluation.outcomes()).extracting(RuleOutcome::ruleName).containsExactly("on");
    assertThat(evaluation.notFound())
        .containsExactly(Bench.id("faulty"), Bench.id("off"), Bench.id("nobody"));
    assertThat(bench.compile().verdict().ruleFaults())
        .containsOnlyKeys(Bench.id("faulty"), Bench.id("faultyOff"));
    assertThat(ruleSet.revision()).isEqualTo(7);
    assertThat(ruleSet.schemaVersion()).isEqualTo(1);
  }

  @Test
  void selectionKeepsItsOrderAndFilters() {
    Bench bench =
        bench()
            .rule("a", "true", Map.of(), Set.of("x"), true)
            .rule("b", "false", Map.of(), Set.of("x", "y"), true)
            .rule("c", "User.Note == ''", Map.of(), Set.of("y"), true);
    assertThat(names(bench, Selection.ALL)).containsExactly("a", "b", "c");
    assertThat(
            names(
                bench,
                new Selection(List.of(Bench.id("c"), Bench.id("a")), Set.of(), false, false)))
        .containsExactly("c", "a");
    assertThat(names(bench, new Selection(List.of(), Set.of("y"), false, false)))
        .containsExactly("b", "c");
    assertThat(names(bench, new Selection(List.of(), Set.of("z"), false, false))).isEmpty();
    assertThat(names(bench, new Selection(List.of(), Set.of(), true, false)))
        .containsExactly("a", "c");
  }

  private static List<String> names(Bench bench, Selection selection) {
    return bench.outcomes(ADULT, selection).stream().map(RuleOutcome::ruleName).toList();
  }

  @Test
  void nowIsFixedForTheDecision() {
    Bench bench =
        bench()
            .derived("today", "now.getDayOfYear()")
            .rule("r", "now == timestamp('2020-01-01T00:00:00Z') && today == 0");
    RuleSet ruleSet = bench.compile().ruleSet();
    var evaluation =
        ruleSet.evaluate(bench.facts(ADULT), Selection.ALL, Instant.parse("2020-01-01T00:00:00Z"));
    assertThat(evaluation.outcomes()).allMatch(RuleOutcome::matched);
  }
}
