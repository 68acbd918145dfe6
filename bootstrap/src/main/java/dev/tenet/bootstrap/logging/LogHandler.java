package dev.tenet.bootstrap.logging;

import dev.tenet.http.observability.LogLevel;
import dev.tenet.http.routing.ServedRequest;
import java.util.Objects;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/// Takes what Java's own logging brings: everything that Tenet and its libraries log.
final class LogHandler extends Handler {

  /// Puts parameters into messages.
  private static final Formatter MESSAGES =
      new Formatter() {
        @Override
        public String format(LogRecord event) {
          return formatMessage(event);
        }
      };

  private final Logging logging;

  LogHandler(Logging logging) {
    this.logging = logging;
  }

  @Override
  public void publish(@Nullable LogRecord event) {
    if (event != null) {
      logging.event(
          new LogEvent(
              event.getMillis(),
              level(event.getLevel()),
              Objects.requireNonNullElse(event.getLoggerName(), ""),
              Objects.requireNonNullElse(MESSAGES.format(event), ""),
              event.getThrown(),
              ServedRequest.current().orElse(null),
              0));
    }
  }

  private static LogLevel level(Level level) {
    int severity = level.intValue();
    if (severity >= Level.SEVERE.intValue()) {
      return LogLevel.ERROR;
    } else if (severity >= Level.WARNING.intValue()) {
      return LogLevel.WARNING;
    } else if (severity >= Level.INFO.intValue()) {
      return LogLevel.INFO;
    }
    return severity >= Level.FINE.intValue() ? LogLevel.DEBUG : LogLevel.TRACE;
  }

  @Override
  public void flush() {
    logging.flush();
  }

  @Override
  public void close() {
    flush();
  }
}
