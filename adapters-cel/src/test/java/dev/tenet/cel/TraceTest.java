package dev.tenet.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.domain.evaluation.Trace;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How an outcome explains itself.
class TraceTest {

  private static final Bench BENCH = new Bench();

  private static Trace trace(String expression) {
    return trace(new Bench(BENCH.compiler(), Bench.SCHEMA), expression);
  }

  private static Trace trace(Bench bench, String expression) {
    return Objects.requireNonNull(
        bench.rule("r", expression).traced("r", EvaluationTest.FACTS).trace());
  }

  @Test
  void valuesAreThoseOfSubExpressionsInTheOrderOfEvaluation() {
    Trace trace = trace("User.Age >= 18 && User.Name == 'Bob'");
    assertThat(trace.values())
        .containsExactly(
            Map.entry("User.Age", 25L),
            Map.entry("User.Age >= 18", true),
            Map.entry("User.Name", "Ann"),
            Map.entry("User.Name == \"Bob\"", false),
            Map.entry("User.Age >= 18 && User.Name == \"Bob\"", false));
    assertThat(trace.skipped()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      value = {
        // expression => decided by => skipped
        "User.Age >= 18 => User.Age >= 18 => ``",
        "User.Age > 30 && User.Active => User.Age > 30 => User.Active",
        "User.Active && User.Age > 30 && User.Score > 1.0 => User.Age > 30 => User.Score > 1.0",
        "User.Active && User.Age > 18 => User.Active && User.Age > 18 => ``",
        "User.Age > 30 || User.Active || User.Score > 1.0 => User.Active => User.Score > 1.0",
        "User.Age > 30 || User.Age > 40 => User.Age > 30 || User.Age > 40 => ``",
        "!(User.Age > 30 || User.Active) => User.Active => ``",
        "User.Active ? User.Age > 18 : User.Age > 99 => User.Age > 18 => User.Age > 99",
        "User.Active && (User.Age > 30 || User.Age > 40) => User.Age > 30 || User.Age > 40 => ``",
        "has(User.Note) && User.Note == 'x' => has(User.Note) => User.Note == \"x\"",
        "User.Note == 'x' || User.Active => User.Active => ``",
        "User.Note == 'x' && User.Active => User.Note => ``",
        "1 / dyn(0) > User.Age => 1 / dyn(0) => User.Age",
        "User.Tags.exists(t, t == 'z') => User.Tags.exists(t, t == \"z\") => ``",
        "google.protobuf.Timestamp == type(now) => google.protobuf.Timestamp == type(now) => ``",
        "true => true => ``",
      })
  void decidedByIsTheConditionThatDecided(String expression, String decidedBy, String skipped) {
    Trace trace = trace(expression);
    assertThat(trace.decidedBy()).isEqualTo(decidedBy);
    assertThat(String.join(" ; ", trace.skipped())).isEqualTo(skipped);
  }

  @Test
  void failuresAreShown() {
    assertThat(trace("User.Note == 'x' || User.Active").values())
        .containsEntry("User.Note", new Trace.Failure("The facts do not contain User.Note."))
        .containsEntry("User.Note == \"x\" || User.Active", true);
  }

  @Test
  void comprehensionsShowTheirRangeAndResultOnly() {
    assertThat(trace("User.Tags.exists(t, t == 'b')").values())
        .containsExactly(
            Map.entry("User.Tags", List.of("a", "b")),
            Map.entry("User.Tags.exists(t, t == \"b\")", true));
    assertThat(trace("User.Orders.sortBy(o, o.Total)[0].Id == 'o2'").values())
        .containsEntry("User.Orders.sortBy(o, o.Total)[0].Id", "o2")
        .allSatisfy((text, value) -> assertThat(text).doesNotContain("@"));
    assertThat(trace("cel.bind(x, User.Age * 2, x > 3)").values())
        .containsExactly(
            Map.entry("User.Age", 25L),
            Map.entry("User.Age * 2", 50L),
            Map.entry("cel.bind(x, User.Age * 2, x > 3)", true));
    assertThat(trace("User.?Note.optMap(n, n + 'x').orValue('y') == 'y'").values())
        .containsEntry("User.?Note.optMap(n, n + \"x\").orValue(\"y\")", "y")
        .allSatisfy((text, value) -> assertThat(text).doesNotContain("@"));
  }

  @Test
  void derivedFieldsShowUnderTheirNames() {
    Bench bench = new Bench(BENCH.compiler(), Bench.SCHEMA).derived("isAdult", "User.Age >= 18");
    assertThat(trace(bench, "isAdult && User.Age < 20").values())
        .containsEntry("isAdult", true)
        .containsEntry("User.Age < 20", false)
        .doesNotContainKey("User.Age >= 18");
  }

  @Test
  void sensitiveValuesAreMaskedEverywhere() {
    Map<String, ?> facts = Map.of("User", Map.of("Secret", "hunter2", "Age", 3L));
    Bench bench =
        new Bench(BENCH.compiler(), Bench.SCHEMA)
            .derived("copy", "User.Secret + '!'")
            .derived("number", "int(User.Secret)");
    for (String expression :
        Arrays.asList(
            "User.Secret == 'x'",
            "User.Secret + 'y' == 'x'",
            "copy == 'x'",
            "[User.Secret].map(s, s) == ['x']",
            "[User].exists(u, u.Age == 4)",
            "int(User.Secret) > 1",
            "number > 1",
            "duration(User.Secret) > duration('1s')",
            "User.Secret.charAt(100) == 'x'")) {
      Bench one = new Bench(BENCH.compiler(), Bench.SCHEMA);
      one.derived("copy", "User.Secret + '!'").derived("number", "int(User.Secret)");
      var outcome = one.rule("r", expression).traced("r", facts);
      assertThat(String.valueOf(outcome)).as(expression).doesNotContain("hunter2");
    }
    assertThat(bench.rule("r", "User.Secret == 'hunter2'").traced("r", facts).trace())
        .isNotNull()
        .satisfies(
            trace ->
                assertThat(trace.values())
                    .containsEntry("User.Secret", "***")
                    .containsEntry("User.Secret == \"hunter2\"", true));
  }

  @Test
  void thereIsNoTraceUnlessAskedFor() {
    Bench bench = new Bench(BENCH.compiler(), Bench.SCHEMA).rule("r", "true");
    assertThat(bench.outcome("r", Map.of()).trace()).isNull();
    assertThat(bench.traced("r", Map.of()).trace()).isNotNull();
  }
}
