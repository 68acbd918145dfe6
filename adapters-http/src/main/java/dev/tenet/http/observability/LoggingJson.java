package dev.tenet.http.observability;

import java.util.Map;

/// How the server logs.
///
/// @param level of everything that `loggers` says nothing about
/// @param loggers levels by the names of loggers or what these begin with, such as `dev.tenet.http`
/// @param accessLog which requests are logged
/// @param errorSampleRate of errors of one kind that come often, each so-many-th is logged
public record LoggingJson(
    String level, Map<String, String> loggers, String accessLog, int errorSampleRate) {

  /// {@return the same for the audit, by name}
  Map<String, Object> members() {
    return Map.of(
        "level", level,
        "loggers", loggers,
        "accessLog", accessLog,
        "errorSampleRate", (long) errorSampleRate);
  }
}
