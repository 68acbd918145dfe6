package dev.tenet.application.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class TimeSliceTest {

  @Test
  void nobodyGivesWayBeforeTheSliceIsUsedUp() {
    var slice = new TimeSlice();
    long now = System.nanoTime();
    slice.begin(now);
    assertThat(slice.giveWay(now)).isZero();
    assertThat(slice.giveWay(now + 999_999)).isZero();
  }

  @Test
  void whatOthersTakeIsToldAndTheNextSliceBegins() {
    var slice = new TimeSlice();
    long before = System.nanoTime();
    slice.begin(before - Duration.ofHours(1).toNanos());
    assertThat(slice.giveWay(before)).isPositive();
    assertThat(slice.giveWay(before)).isZero();
  }

  /// As many compute as there are carrier threads, and more. Without giving way none of them would ever be done.
  @Test
  void whoWaitsForACarrierGetsIt() throws Exception {
    int computing = 2 * Runtime.getRuntime().availableProcessors() + 1;
    var over = new AtomicBoolean();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < computing; i++) {
      threads.add(Thread.ofVirtual().start(() -> computeUntil(over)));
    }
    threads.add(Thread.ofVirtual().start(() -> over.set(true)));
    try {
      for (Thread thread : threads) {
        assertThat(thread.join(Duration.ofMinutes(1))).isTrue();
      }
    } finally {
      over.set(true);
    }
  }

  private static void computeUntil(AtomicBoolean over) {
    var slice = new TimeSlice();
    while (!over.get()) {
      slice.giveWay(System.nanoTime());
    }
  }
}
