package dev.tenet.bootstrap.logging;

import dev.tenet.http.observability.LogLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/// The levels of the loggers of this process.
final class LogLevels {

  /// Libraries whose everyday life is nobody's concern.
  private static final List<String> QUIET =
      List.of("io.helidon", "io.opentelemetry", "org.flywaydb", "com.zaxxer.hikari");

  /// Java forgets loggers, and their levels, that nobody keeps.
  private final List<Logger> kept = new ArrayList<>();

  private LogLevel level = LogLevel.INFO;
  private Map<String, LogLevel> loggers = Map.of();

  synchronized LogLevel level() {
    return level;
  }

  synchronized Map<String, LogLevel> loggers() {
    return loggers;
  }

  /// Sets the level of everything, and those of some loggers.
  synchronized void set(LogLevel everything, Map<String, LogLevel> some) {
    level = everything;
    loggers = Map.copyOf(some);
    kept.forEach(logger -> logger.setLevel(null));
    kept.clear();
    set("", everything);
    LogLevel quiet = everything.compareTo(LogLevel.WARNING) < 0 ? LogLevel.WARNING : everything;
    QUIET.forEach(name -> set(name, quiet));
    loggers.forEach(this::set);
  }

  private void set(String name, LogLevel chosen) {
    Logger logger = Logger.getLogger(name);
    logger.setLevel(
        switch (chosen) {
          case TRACE -> Level.ALL;
          case DEBUG -> Level.FINE;
          case INFO -> Level.INFO;
          case WARNING -> Level.WARNING;
          case ERROR -> Level.SEVERE;
          case OFF -> Level.OFF;
        });
    kept.add(logger);
  }
}
