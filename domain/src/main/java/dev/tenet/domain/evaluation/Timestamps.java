package dev.tenet.domain.evaluation;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Timestamps as RFC 3339 writes them, such as `2026-01-31T08:30:00.5+02:00`.
public final class Timestamps {

  /// The first and the last moment of CEL's timestamps.
  public static final Instant MIN = Instant.parse("0001-01-01T00:00:00Z");

  public static final Instant MAX = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private static final Pattern SHAPE =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})");

  private Timestamps() {}

  /// {@return the moment that the text spells, or empty}
  public static Optional<Instant> parse(String text) {
    if (!SHAPE.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      Instant instant = OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant();
      return instant.isBefore(MIN) || instant.isAfter(MAX)
          ? Optional.empty()
          : Optional.of(instant);
    } catch (DateTimeException noSuchMoment) {
      return Optional.empty();
    }
  }
}
