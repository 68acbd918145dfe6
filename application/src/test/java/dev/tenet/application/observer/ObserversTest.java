package dev.tenet.application.observer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ObserversTest {

  private final List<String> told = new ArrayList<>();

  static List<Supplier<Throwable>> whatTheyThrow() {
    return List.of(
        IllegalStateException::new,
        AssertionError::new,
        StackOverflowError::new,
        NoClassDefFoundError::new);
  }

  private static Runnable throwing(Throwable thrown) {
    return () -> {
      if (thrown instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) thrown;
    };
  }

  @ParameterizedTest
  @MethodSource("whatTheyThrow")
  void whatOneThrowsKeepsNobodyFromBeingTold(Supplier<Throwable> thrown) {
    Runnable broken = throwing(thrown.get());
    var observers = new Observers<Runnable>(List.of(broken, () -> told.add("second")));
    observers.tell(Runnable::run);
    assertThat(told).containsExactly("second");
    assertThat(observers.failures()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("whatTheyThrow")
  void whoThrowsWhenAskedHasAnsweredThatItFailed(Supplier<Throwable> thrown) {
    Runnable broken = throwing(thrown.get());
    var observers = new Observers<>(List.of(broken));
    Optional<String> said =
        observers.ask(
            observer -> {
              observer.run();
              return Optional.empty();
            },
            "failed");
    assertThat(said).contains("failed");
  }

  @Test
  @SuppressWarnings({"NullAway", "NullOptional"}) // an extension may be compiled without either
  void whoAnswersNullHasFailed() {
    var observers = new Observers<Runnable>(List.of(() -> {}));
    assertThat(observers.ask(observer -> null, "failed")).contains("failed");
    assertThat(observers.failures()).isEqualTo(1);
  }
}
