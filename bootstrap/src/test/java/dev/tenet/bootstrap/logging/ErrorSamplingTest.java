package dev.tenet.bootstrap.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ErrorSamplingTest {

  private final AtomicLong now = new AtomicLong();

  private static LongStream admitted(ErrorSampling sampling, String kind, int times) {
    return IntStream.range(0, times)
        .mapToLong(i -> sampling.admit(kind))
        .filter(leftOut -> leftOut >= 0);
  }

  @Test
  void theFirstTenAndThenEachHundredthAreLogged() {
    var sampling = new ErrorSampling(100, now::get);
    assertThat(admitted(sampling, "a", 310)).hasSize(13).endsWith(99L, 99L, 99L);
    assertThat(admitted(sampling, "b", 3)).containsExactly(0L, 0L, 0L);
  }

  @Test
  void aMinuteLaterTheyAreNewsAgain() {
    var sampling = new ErrorSampling(100, now::get);
    assertThat(admitted(sampling, "a", 50)).hasSize(10);
    now.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(admitted(sampling, "a", 50)).hasSize(10).startsWith(40L, 0L);
  }

  @Test
  void aRateOfOneLogsAll() {
    var sampling = new ErrorSampling(100, now::get);
    sampling.rate(1);
    assertThat(admitted(sampling, "a", 1_000)).hasSize(1_000).allMatch(leftOut -> leftOut == 0);
  }

  /// Kinds come from messages, and these from whoever sends requests.
  @Test
  void kindsWithoutNumberAreOne() {
    var sampling = new ErrorSampling(1_000_000, now::get);
    long lines =
        IntStream.range(0, 100_000).filter(number -> sampling.admit("kind " + number) >= 0).count();
    assertThat(lines).isLessThanOrEqualTo(1_010);
    now.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(admitted(sampling, "a new one", 50)).hasSize(10);
  }

  @Test
  void messagesThatDifferInNumbersAndIdsAreOfOneKind() {
    assertThat(ErrorSampling.kindOf("request 0197a3c2-5d1e-7b6a failed after 12 s"))
        .isEqualTo(ErrorSampling.kindOf("request 0197a3c2-5d1e-7b6b failed after 3 s"))
        .isEqualTo("request # failed after # s");
    assertThat(ErrorSampling.kindOf("the client went away"))
        .isNotEqualTo(ErrorSampling.kindOf("the store went away"));
  }
}
