package dev.tenet.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.evaluation.Bytes;
import dev.tenet.domain.schema.FieldType;
import dev.tenet.domain.schema.FieldType.Scalar;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.spi.Function;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Functions of extensions in expressions.
class SpiFunctionsTest {

  private static Function function(
      String name, List<FieldType> parameters, FieldType result, Function.Body body) {
    return new Function(name, parameters, result, 10, body);
  }

  private static final Function DISTANCE =
      function(
          "geo.distanceKm",
          List.of(Scalar.FLOAT64, Scalar.FLOAT64),
          Scalar.FLOAT64,
          arguments -> Math.abs((Double) arguments.get(0) - (Double) arguments.get(1)));

  private static Object value(Function function, String expression) {
    Object value =
        new Bench(new CelRuleCompiler(Limits.DEFAULT, List.of(function)), Bench.SCHEMA)
            .value(
                expression,
                Map.of("User", Map.of("Age", 7L, "Avatar", "AQI=", "Tags", List.of("a"))));
    return value == null ? "null" : value;
  }

  @Test
  void aFunctionIsCalledByItsNamespacedName() {
    assertThat(value(DISTANCE, "geo.distanceKm(5.0, 2.0) < 4")).isEqualTo(true);
  }

  @Test
  void aFunctionIsTypeChecked() {
    Bench bench = new Bench(Limits.DEFAULT, DISTANCE);
    assertThat(bench.check("geo.distanceKm('a', 2.0) < 4").diagnostics())
        .singleElement()
        .extracting(Diagnostic::message)
        .isEqualTo("The function geo.distanceKm does not take (string, double).");
    assertThat(bench.check("geo.distanceKn(1.0, 2.0) < 4").diagnostics())
        .singleElement()
        .extracting(Diagnostic::suggestion)
        .isEqualTo("geo.distanceKm");
  }

  @Test
  void argumentsAndResultsArePlainValues() {
    Function echo =
        function(
            "echo",
            List.of(new FieldType.Dyn()),
            new FieldType.Dyn(),
            arguments -> {
              Object argument = arguments.getFirst();
              return argument == null ? "was null" : argument;
            });
    assertThat(value(echo, "echo(User.Avatar)")).isEqualTo(Bytes.of(new byte[] {1, 2}));
    assertThat(value(echo, "echo(duration('1s'))")).isEqualTo(Duration.ofSeconds(1));
    assertThat(value(echo, "echo([1, 2])")).isEqualTo(List.of(1L, 2L));
    assertThat(value(echo, "echo({'a': b'x'}).a == b'x'")).isEqualTo(true);
    assertThat(value(echo, "echo(null)")).isEqualTo("was null");
    assertThat(value(echo, "echo(User).Age")).isEqualTo(7L);
    assertThat(value(echo, "echo(now) == now")).isEqualTo(true);
  }

  @Test
  void refusedArgumentsFailTheRuleWithTheMessage() {
    Function refusing =
        function(
            "refuse",
            List.of(),
            Scalar.INT,
            arguments -> {
              throw new IllegalArgumentException("the year must be positive.");
            });
    assertThat(value(refusing, "refuse()"))
        .isEqualTo("invalid_argument: refuse: the year must be positive.");
  }

  @Test
  void aBrokenFunctionFailsTheRuleWithoutItsInnards() {
    Function broken =
        function(
            "broken",
            List.of(),
            Scalar.INT,
            arguments -> {
              throw new IllegalStateException("secret path /etc/x");
            });
    assertThat(value(broken, "broken()"))
        .isEqualTo("function_failed: The function \"broken\" failed.");
    assertThat(value(broken, "broken() == 1 || true")).isEqualTo(true);
    Function asserting =
        function(
            "asserting",
            List.of(),
            Scalar.INT,
            arguments -> {
              throw new AssertionError("secret path /etc/x");
            });
    assertThat(value(asserting, "asserting()"))
        .isEqualTo("function_failed: The function \"asserting\" failed.");
  }

  @Test
  void aResultOfTheWrongTypeFailsTheRule() {
    Function lying = function("lying", List.of(), Scalar.INT, arguments -> "text");
    assertThat(value(lying, "lying() + 1"))
        .isEqualTo("function_failed: The function \"lying\" gave string instead of int.");
    Function silent = function("silent", List.of(), Scalar.INT, arguments -> null);
    assertThat(value(silent, "silent() + 1"))
        .isEqualTo("function_failed: The function \"silent\" gave null_type instead of int.");
  }

  @Test
  void callsAreCharged() {
    Function dear = new Function("dear", List.of(), Scalar.BOOL, 300_000, arguments -> true);
    assertThat(value(dear, "dear() && dear() && dear()")).isEqualTo(true);
    assertThat(value(dear, "dear() && dear() && dear() && dear()"))
        .asString()
        .startsWith("cost_exceeded");
  }

  @Test
  void hugeArgumentsAreChargedBeforeTheyAreConverted() {
    Function size =
        function(
            "count",
            List.of(new FieldType.Dyn()),
            Scalar.INT,
            arguments -> (long) arguments.size());
    String doubled = "count(a0)";
    for (int i = 0; i < 40; i++) {
      doubled = doubled.replace("a0", "a1");
      doubled = "cel.bind(a1, [a0, a0], %s)".formatted(doubled);
    }
    assertThat(value(size, "cel.bind(a0, [1], %s)".formatted(doubled)))
        .asString()
        .startsWith("cost_exceeded");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "size",
        "contains",
        "math.greatest",
        "has",
        "all",
        "exists_one",
        "sets.contains",
        "cel.bind",
        "type",
        "sortBy",
        "or",
        "orValue",
        "base64.encode",
        "regex.replace",
        "optMap",
        "int"
      })
  void aBuiltInNameIsTaken(String name) {
    assertThatThrownBy(
            () ->
                new CelRuleCompiler(
                    Limits.DEFAULT,
                    List.of(function(name, List.of(), Scalar.INT, arguments -> 1L))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }

  @Test
  void twoFunctionsOfOneNameAreRefused() {
    assertThatThrownBy(() -> new CelRuleCompiler(Limits.DEFAULT, List.of(DISTANCE, DISTANCE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("geo.distanceKm");
  }
}
