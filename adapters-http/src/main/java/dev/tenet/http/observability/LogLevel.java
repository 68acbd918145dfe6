package dev.tenet.http.observability;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// From which severity on events are logged.
public enum LogLevel {
  TRACE,
  DEBUG,
  INFO,
  WARNING,
  ERROR,
  OFF;

  /// {@return how it is written, such as `info`}
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// {@return all levels as they are written}
  public static List<String> keys() {
    return Arrays.stream(values()).map(LogLevel::key).toList();
  }

  /// {@return the level written so, in whatever case; `warn` is a warning}
  public static Optional<LogLevel> of(String text) {
    String key = text.strip().toLowerCase(Locale.ROOT);
    return key.equals("warn")
        ? Optional.of(WARNING)
        : Arrays.stream(values()).filter(level -> level.key().equals(key)).findFirst();
  }
}
