package dev.tenet.domain.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimestampsTest {

  @ParameterizedTest
  @CsvSource({
    "2026-01-31T08:30:00Z,2026-01-31T08:30:00Z",
    "2026-01-31t08:30:00z,2026-01-31T08:30:00Z",
    "2026-01-31T08:30:00.5+02:00,2026-01-31T06:30:00.5Z",
    "2026-01-31T08:30:00-18:00,2026-02-01T02:30:00Z",
    "2026-01-31T08:30:00-00:00,2026-01-31T08:30:00Z",
    "2024-02-29T00:00:00Z,2024-02-29T00:00:00Z",
    "0001-01-01T00:00:00Z,0001-01-01T00:00:00Z",
    "0001-01-01T01:00:00+01:00,0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999999Z,9999-12-31T23:59:59.999999999Z",
    "1969-12-31T23:59:59.000000001Z,1969-12-31T23:59:59.000000001Z"
  })
  void reads(String text, Instant moment) {
    assertThat(Timestamps.parse(text)).contains(moment);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-01-31",
        "2026-01-31T08:30:00",
        "2026-01-31 08:30:00Z",
        "2026-01-31T08:30Z",
        "2026-1-31T08:30:00Z",
        "2026-02-29T00:00:00Z",
        "2026-02-30T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z",
        "2026-01-00T00:00:00Z",
        "2026-01-31T24:00:00Z",
        "2026-01-31T08:60:00Z",
        "2026-01-31T23:59:60Z",
        "2026-01-31T08:30:00.Z",
        "2026-01-31T08:30:00.1234567890Z",
        "2026-01-31T08:30:00,5Z",
        "2026-01-31T08:30:00+0200",
        "2026-01-31T08:30:00+02",
        "2026-01-31T08:30:00+24:00",
        "2026-01-31T08:30:00+18:01",
        "2026-01-31T08:30:00Z\n",
        " 2026-01-31T08:30:00Z",
        "2026-01-31T08:30:00ZZ",
        "0000-12-31T23:59:59Z",
        "0001-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        "12026-01-31T08:30:00Z",
        "-2026-01-31T08:30:00Z",
        "+2026-01-31T08:30:00Z",
        "٢٠٢٦-01-31T08:30:00Z",
        "2026-01-31T08:30:00[Europe/Berlin]",
        "1769848200",
        "now"
      })
  void refuses(String text) {
    assertThat(Timestamps.parse(text)).isEmpty();
  }
}
