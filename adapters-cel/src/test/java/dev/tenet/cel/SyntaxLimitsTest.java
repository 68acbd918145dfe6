package dev.tenet.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.domain.diagnostic.Diagnostic;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Long and deep expressions of every syntactic kind end in clean diagnostics.
@Timeout(120)
class SyntaxLimitsTest {

  private static final Bench BENCH = new Bench();

  static List<String> monsters() {
    return List.of(
        "(".repeat(4_900) + "1" + ")".repeat(4_900),
        "(".repeat(5_000),
        ")".repeat(5_000),
        "[".repeat(4_900) + "]".repeat(4_900),
        "[".repeat(9_000),
        "{1:".repeat(2_000) + "1" + "}".repeat(2_000),
        "{".repeat(9_000),
        "!".repeat(9_000) + "true",
        "!".repeat(3_000) + "true",
        "-".repeat(3_000) + "1",
        "User" + ".b".repeat(3_000),
        "User" + ".?b".repeat(3_000),
        "User.Tags" + "[0]".repeat(3_000),
        "User.Name" + ".trim()".repeat(1_300),
        "1" + "+1".repeat(3_000),
        "1" + "*1".repeat(3_000),
        "1" + "<1".repeat(3_000),
        "true" + "==true".repeat(1_500),
        "1 in ".repeat(1_900) + "[1]",
        "true?true:".repeat(900) + "true",
        "f(".repeat(3_000) + ")".repeat(3_000),
        "size(".repeat(1_500) + "''" + ")".repeat(1_500),
        "has(".repeat(1_500) + "a.b" + ")".repeat(1_500),
        "cel.bind(a,".repeat(900),
        "[1].all(a,".repeat(900) + "true" + ")".repeat(900),
        "math.greatest(".repeat(600) + "1" + ")".repeat(600),
        "optional.of(".repeat(700) + "1" + ")".repeat(700),
        "\"".repeat(5_001),
        "'".repeat(9_001),
        "'\\".repeat(3_000),
        "x".repeat(9_999),
        "9".repeat(9_999),
        "🦜".repeat(4_999),
        "\n".repeat(9_999),
        "//".repeat(4_999),
        "`".repeat(9_999),
        "a,".repeat(4_999));
  }

  @ParameterizedTest
  @MethodSource("monsters")
  void monstersAreRefusedCleanly(String expression) {
    List<Diagnostic> faults = BENCH.check(expression).diagnostics();
    assertThat(Diagnostic.anyError(faults)).isTrue();
    assertThat(faults).extracting(Diagnostic::code).doesNotContain("invalid_expression");
    Bench bench =
        new Bench(BENCH.compiler(), Bench.SCHEMA).rule("r", expression).derived("d", expression);
    assertThat(bench.faults("r")).isNotEmpty();
    assertThat(bench.derivedFaults("d")).isNotEmpty();
  }

  @Test
  void depthIsLimited() {
    assertThat(BENCH.check("1" + "+1".repeat(60)).type()).contains("int");
    assertThat(codes("1" + "+1".repeat(70))).containsExactly("expression_too_deep");
    assertThat(codes("(".repeat(80) + "1" + ")".repeat(80))).containsExactly("expression_too_deep");
  }

  @Test
  void connectivesOfAnyLengthAreShallow() {
    assertThat(BENCH.check("User.Age > 1" + " && User.Age > 1".repeat(500)).type())
        .contains("bool");
    assertThat(BENCH.check("User.Age > 1" + " || User.Age > 1".repeat(500)).type())
        .contains("bool");
  }

  @Test
  void sizeIsLimited() {
    assertThat(codes("[" + "1,".repeat(4_990) + "1]")).contains("not_boolean");
    assertThat(codes("a".repeat(10_001))).containsExactly("expression_too_long");
    assertThat(codes("[" + "x.y,".repeat(2_490) + "1]"))
        .allMatch(code -> code.equals("expression_too_large") || code.equals("unknown_name"));
    assertThat(codes("true" + "&&[1,1,1]==[]".repeat(760))).containsExactly("expression_too_large");
  }

  @Test
  void comprehensionsNestOnlySoDeep() {
    assertThat(
            BENCH
                .check("User.Tags.all(a, User.Tags.all(b, User.Tags.all(c, a + b + c != '')))")
                .type())
        .contains("bool");
    assertThat(
            codes("User.Tags.all(a, User.Tags.all(b, User.Tags.all(c, User.Tags.all(d, d == a))))"))
        .containsExactly("comprehension_too_deep");
    assertThat(
            BENCH
                .check(
                    "cel.bind(a, 1, cel.bind(b, 2, cel.bind(c, 3, cel.bind(d, 4, a + b + c + d))))")
                .type())
        .contains("int");
  }

  @Test
  void emptyExpressionsSaySo() {
    assertThat(codes("")).containsExactly("syntax_error");
    assertThat(codes("  \n ")).containsExactly("syntax_error");
  }

  @Test
  void longestAllowedExpressionEvaluates() {
    String expression = "User.Age > 1" + " && User.Age > 1".repeat(600);
    assertThat(expression.length()).isBetween(9_000, 10_000);
    Bench bench = new Bench(BENCH.compiler(), Bench.SCHEMA).rule("r", expression);
    assertThat(bench.traced("r", Map.of("User", Map.of("Age", 3L))).matched()).isTrue();
  }

  private static List<String> codes(String expression) {
    return BENCH.check(expression).diagnostics().stream().map(Diagnostic::code).toList();
  }
}
