package dev.tenet.bootstrap.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// How log lines are written.
public enum LogFormat {
  /// For people.
  TEXT,
  /// An object on each line, for machines.
  JSON;

  /// {@return the format written so}
  static Optional<LogFormat> of(String text) {
    return Arrays.stream(values())
        .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst();
  }
}
