package dev.tenet.bootstrap.config;

import dev.tenet.http.observability.AccessLogging;
import dev.tenet.http.observability.LogLevel;

/// How to log.
///
/// @param level from which severity on
/// @param accessLog which requests
/// @param errorSampleRate of errors of one kind that come often, each so-many-th is logged
public record LogSettings(
    LogFormat format, LogLevel level, AccessLogging accessLog, int errorSampleRate) {

  /// What holds when nothing is said.
  public static final LogSettings DEFAULT =
      new LogSettings(
          LogFormat.TEXT,
          LogLevel.INFO,
          AccessLogging.PROBLEMS,
          Integer.parseInt(Setting.DEFAULT_ERROR_SAMPLE_RATE));
}
