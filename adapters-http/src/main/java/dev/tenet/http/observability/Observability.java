package dev.tenet.http.observability;

import dev.tenet.http.routing.RequestObserver;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/// What operators see of the server, and may set of how it tells.
public interface Observability {

  /// Metrics as they are handed out.
  ///
  /// @param contentType with the version of the format
  record Exposition(String contentType, String text) {}

  /// How to log from now on.
  ///
  /// @param level empty to leave it
  /// @param loggers levels by the names of loggers, in place of all that were set before; empty to leave them
  /// @param accessLog empty to leave it
  /// @param errorSampleRate empty to leave it
  record LoggingChange(
      Optional<LogLevel> level,
      Optional<Map<String, LogLevel>> loggers,
      Optional<AccessLogging> accessLog,
      OptionalInt errorSampleRate) {}

  /// {@return who is told of requests}
  RequestObserver requests();

  /// {@return all metrics as they are now}
  ///
  /// @param accept the formats that the client would like, as the header says; empty for any
  Exposition metrics(String accept);

  /// {@return what extensions add to the server now}
  ExtensionsJson extensions();

  /// {@return how the server logs}
  LoggingJson logging();

  /// Changes how the server logs, until it ends.
  void change(LoggingChange change);
}
