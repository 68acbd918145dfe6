package dev.tenet.domain.governance;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/// A window of time that begins with a minute, hour, day or month in UTC.
public enum QuotaWindow {
  MINUTE(ChronoUnit.MINUTES),
  HOUR(ChronoUnit.HOURS),
  DAY(ChronoUnit.DAYS),
  MONTH(ChronoUnit.MONTHS);

  private final ChronoUnit unit;

  QuotaWindow(ChronoUnit unit) {
    this.unit = unit;
  }

  /// {@return when the window began that a moment is in}
  public Instant start(Instant moment) {
    ZonedDateTime time = moment.atZone(ZoneOffset.UTC);
    return unit == ChronoUnit.MONTHS
        ? time.withDayOfMonth(1).truncatedTo(ChronoUnit.DAYS).toInstant()
        : time.truncatedTo(unit).toInstant();
  }

  /// {@return when the window ends that began then}
  public Instant end(Instant start) {
    return start.atZone(ZoneOffset.UTC).plus(1, unit).toInstant();
  }
}
