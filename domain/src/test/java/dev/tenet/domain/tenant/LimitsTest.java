package dev.tenet.domain.tenant;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class LimitsTest {

  @Test
  void everyLimitIsAtLeastOne() {
    for (int zero = 0; zero < 8; zero++) {
      int[] limits = {1, 1, 1, 1, 1, 1, 1, 1};
      limits[zero] = 0;
      assertThatThrownBy(() -> limits(limits, 0, 1, Duration.ofSeconds(1)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    int[] least = {1, 1, 1, 1, 1, 1, 1, 1};
    limits(least, 0, 1, Duration.ofNanos(1));
    assertThatThrownBy(() -> limits(least, -1, 1, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> limits(least, 0, 0, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> limits(least, 0, 1, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Limits limits(int[] n, int nesting, long cost, Duration time) {
    return new Limits(n[0], n[1], n[2], n[3], n[4], n[5], nesting, n[6], n[7], cost, time);
  }
}
