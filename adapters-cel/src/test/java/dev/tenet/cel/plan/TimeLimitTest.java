package dev.tenet.cel.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.evaluation.TimeSlice;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TimeLimitTest {

  private static final Duration LONG = Duration.ofHours(1);

  /// As many as there are turns, and more: a turn that nobody gives back would be missing for ever.
  @Test
  void aLimitThatNobodyClosesTakesNoTurn() throws Exception {
    Thread all =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 0; i <= Runtime.getRuntime().availableProcessors(); i++) {
                    var limit = TimeLimit.of(LONG);
                    computeForASlice();
                    limit.isOver();
                  }
                  computeInTurns();
                });
    assertThat(all.join(Duration.ofMinutes(1))).isTrue();
  }

  private static void computeInTurns() {
    try (var slice = new TimeSlice()) {
      var limit = new TimeLimit();
      limit.begin(LONG, slice);
      computeForASlice();
      limit.isOver();
    }
  }

  private static void computeForASlice() {
    long end = System.nanoTime() + Duration.ofMillis(2).toNanos();
    while (System.nanoTime() - end < 0) {
      Thread.onSpinWait();
    }
  }
}
