package dev.tenet.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.schema.FieldType.Scalar;
import dev.tenet.spi.Function;
import dev.tenet.spi.FunctionProvider;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FunctionTrialTest {

  private static final Function HALF =
      new Function(
          "acme.half",
          List.of(Scalar.INT),
          Scalar.INT,
          1,
          arguments -> {
            long number = (Long) arguments.getFirst();
            if (number % 2 != 0) {
              throw new IllegalArgumentException("there is no half of " + number);
            }
            return number / 2;
          });

  private final FunctionTrial trial = FunctionTrial.of(List.of(HALF));

  @Test
  void anExpressionGivesItsValue() {
    assertThat(trial.value("acme.half(8) + 1")).isEqualTo(5L);
    assertThat(trial.value("[acme.half(8)].map(x, acme.half(x))")).isEqualTo(List.of(2L));
  }

  @Test
  void factsAndTheMomentMayBeGiven() {
    FunctionTrial withFacts =
        trial.with(Map.of("Order", Map.of("Total", "int")), Map.of("Order", Map.of("Total", 6L)));

    assertThat(withFacts.value("acme.half(Order.Total)")).isEqualTo(3L);
    assertThat(trial.at(Instant.EPOCH.plusSeconds(10)).value("now.getSeconds()")).isEqualTo(10L);
  }

  @Test
  void aFaultIsThatOfTheRule() {
    assertThat(trial.fault("acme.half(3)"))
        .satisfies(
            fault -> {
              assertThat(fault.code()).isEqualTo("invalid_argument");
              assertThat(fault.message()).isEqualTo("acme.half: there is no half of 3");
            });
  }

  @Test
  void whatDoesNotCompileSaysWhy() {
    assertThat(trial.errors("acme.half('a')"))
        .extracting(Diagnostic::message)
        .containsExactly("The function acme.half does not take (string).");
    assertThat(trial.errors("acme.half(8)")).isEmpty();
  }

  @Test
  void anUnexpectedOutcomeFailsTheTestWithTheReason() {
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> trial.value("acme.half(3)"))
        .withMessage("acme.half(3) fails with invalid_argument: acme.half: there is no half of 3");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> trial.fault("acme.half(8)"))
        .withMessage("acme.half(8) does not fail; it gives 4");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> trial.value("acme.halve(8)"))
        .withMessageContaining("acme.half");
  }

  @Test
  void aNameThatIsTakenIsRefused() {
    Function size = new Function("size", List.of(), Scalar.INT, 1, arguments -> 1L);
    FunctionProvider provider =
        new FunctionProvider() {
          @Override
          public String name() {
            return "acme";
          }

          @Override
          public List<Function> functions() {
            return List.of(size);
          }
        };
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FunctionTrial.of(provider))
        .withMessageContaining("size");
  }
}
