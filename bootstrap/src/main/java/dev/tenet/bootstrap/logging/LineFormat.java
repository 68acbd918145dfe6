package dev.tenet.bootstrap.logging;

import dev.tenet.bootstrap.config.LogFormat;
import dev.tenet.http.routing.ServedRequest;

/// How a line looks.
sealed interface LineFormat permits TextLines, JsonLines {

  /// {@return the format}
  static LineFormat of(LogFormat format) {
    return switch (format) {
      case TEXT -> new TextLines();
      case JSON -> new JsonLines();
    };
  }

  /// Appends an event, with its line break.
  void event(StringBuilder out, LogEvent event);

  /// Appends an answered request, with its line break.
  ///
  /// @param millis when it was answered, in milliseconds since 1970
  /// @param leftOut how many like it were not logged since the last that was
  void request(StringBuilder out, long millis, ServedRequest request, long leftOut);
}
