package dev.tenet.application.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class TimeSliceTest {

  private static final long HOUR = Duration.ofHours(1).toNanos();

  @Test
  void nobodyGivesWayBeforeTheSliceIsUsedUp() {
    try (var slice = new TimeSlice()) {
      long now = System.nanoTime();
      assertThat(slice.giveWay(now)).isZero();
      assertThat(slice.giveWay(now + 999_999)).isZero();
    }
  }

  @Test
  void whatOthersTakeIsToldAndTheNextSliceBegins() {
    try (var slice = new TimeSlice()) {
      long begun = System.nanoTime();
      assertThat(slice.giveWay(begun)).isZero();
      assertThat(slice.giveWay(begun + HOUR)).isNegative();
      assertThat(slice.giveWay(begun + 999_999)).isZero();
    }
  }

  @Test
  void afterItsEndItBeginsAnew() {
    var slice = new TimeSlice();
    long begun = System.nanoTime();
    slice.giveWay(begun);
    slice.close();
    assertThat(slice.giveWay(begun + HOUR)).isZero();
    slice.close();
  }

  @Test
  void aPauseIsNoPartOfTheSlice() {
    try (var slice = new TimeSlice()) {
      long begun = System.nanoTime();
      slice.giveWay(begun);
      slice.pause();
      while (System.nanoTime() - begun < 2_000_000) {
        Thread.onSpinWait();
      }
      long paused = System.nanoTime() - begun;
      slice.resume();
      assertThat(slice.giveWay(begun + paused)).isZero();
    }
  }

  /// As many compute as there are carrier threads, and more, before anybody else comes. Without giving way none of them would
  /// ever be done.
  @Test
  void whoWaitsForACarrierGetsIt() throws Exception {
    int computing = 2 * Runtime.getRuntime().availableProcessors() + 1;
    var over = new AtomicBoolean();
    var under = new CountDownLatch(computing);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < computing; i++) {
      threads.add(Thread.ofVirtual().start(() -> computeUntil(over, under)));
    }
    try {
      assertThat(under.await(1, TimeUnit.MINUTES)).isTrue();
      threads.add(Thread.ofVirtual().start(() -> over.set(true)));
      for (Thread thread : threads) {
        assertThat(thread.join(Duration.ofMinutes(1))).isTrue();
      }
    } finally {
      over.set(true);
    }
  }

  private static void computeUntil(AtomicBoolean over, CountDownLatch under) {
    try (var slice = new TimeSlice()) {
      slice.giveWay(System.nanoTime());
      under.countDown();
      while (!over.get()) {
        slice.giveWay(System.nanoTime());
      }
    }
  }
}
