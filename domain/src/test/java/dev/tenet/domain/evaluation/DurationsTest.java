package dev.tenet.domain.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DurationsTest {

  @ParameterizedTest
  @CsvSource({
    "0,PT0S",
    "-0,PT0S",
    "0s,PT0S",
    "90s,PT1M30S",
    "1h30m,PT1H30M",
    "-2.5s,PT-2.5S",
    "+1m,PT1M",
    "250ms,PT0.25S",
    "1us,PT0.000001S",
    "1µs,PT0.000001S",
    "1ns,PT0.000000001S",
    "1.5h,PT1H30M",
    "1m1m,PT2M",
    "1h2m3s4ms5us6ns,PT1H2M3.004005006S",
    "0.1ns,PT0S",
    "-0.1ns,PT0S",
    "00012s,PT12S",
    "315576000000s,PT87660000H",
    "-315576000000s,PT-87660000H",
    "1.000000001s,PT1.000000001S",
    "1.0000000019s,PT1.000000001S"
  })
  void reads(String text, Duration duration) {
    assertThat(Durations.parse(text)).contains(duration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "+",
        "1",
        "s",
        "1 s",
        " 1s",
        "1s ",
        "1s\n",
        "1x",
        "1h 30m",
        "--1s",
        "1h-30m",
        "1.s",
        ".5s",
        "1,5s",
        "1e3s",
        "1d",
        "PT1S",
        "1S",
        "Infinitys",
        "NaNs",
        "0x1s",
        "١s",
        "315576000001s",
        "-315576000001s",
        "87660001h",
        "9999999999999999999s",
        "999999999999999999h",
        "1.1111111111111111111s",
        "1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s1s"
      })
  void refuses(String text) {
    assertThat(Durations.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S,0s",
    "PT1H30M,5400s",
    "PT-0.25S,-0.25s",
    "PT0.000000001S,0.000000001s",
    "PT100S,100s",
    "PT-1M,-60s"
  })
  void writes(Duration duration, String text) {
    assertThat(Durations.format(duration)).isEqualTo(text);
  }

  @Test
  void readsWhatItWrites() {
    var random = new SplittableRandom(7);
    for (int i = 0; i < 10_000; i++) {
      long seconds = random.nextLong(-Durations.LONGEST_SECONDS + 1, Durations.LONGEST_SECONDS);
      Duration duration = Duration.ofSeconds(seconds, random.nextInt(1_000_000_000));

      assertThat(Durations.parse(Durations.format(duration))).contains(duration);
    }
  }
}
