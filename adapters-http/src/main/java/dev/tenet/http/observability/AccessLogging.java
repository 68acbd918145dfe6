package dev.tenet.http.observability;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Which requests the access log has.
public enum AccessLogging {
  /// None.
  OFF,
  /// Those answered with 4xx or 5xx, and those that took longer than a second.
  PROBLEMS,
  /// Every one.
  ALL;

  /// {@return how it is written, such as `problems`}
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// {@return all as they are written}
  public static List<String> keys() {
    return Arrays.stream(values()).map(AccessLogging::key).toList();
  }

  /// {@return the one written so}
  public static Optional<AccessLogging> of(String text) {
    return Arrays.stream(values()).filter(mode -> mode.key().equals(text)).findFirst();
  }
}
