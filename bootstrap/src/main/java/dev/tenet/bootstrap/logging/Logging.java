package dev.tenet.bootstrap.logging;

import dev.tenet.bootstrap.config.LogSettings;
import dev.tenet.http.observability.LogLevel;
import dev.tenet.http.observability.LoggingJson;
import dev.tenet.http.observability.Observability.LoggingChange;
import dev.tenet.http.routing.ServedRequest;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/// The log of the process: which events get a line, how it looks, and where it goes.
public final class Logging {

  private static final Logging OF_PROCESS =
      new Logging(new FileOutputStream(FileDescriptor.err), LogSettings.DEFAULT);
  private static final Duration FLUSHING = Duration.ofSeconds(2);

  private final LogQueue queue;
  private final ErrorSampling sampling;
  private final LogLevels levels = new LogLevels();
  private final Map<LogLevel, LongAdder> counts = new EnumMap<>(LogLevel.class);
  private volatile LineFormat format;
  private volatile boolean installed;

  Logging(OutputStream out, LogSettings settings) {
    this.queue =
        new LogQueue(
            out,
            lost ->
                line ->
                    format().event(line, own("%d lines of the log were dropped".formatted(lost))));
    this.sampling = new ErrorSampling(settings.errorSampleRate(), System::nanoTime);
    this.format = LineFormat.of(settings.format());
    for (LogLevel level : LogLevel.values()) {
      counts.put(level, new LongAdder());
    }
  }

  /// {@return the log that goes to standard error}
  public static Logging ofProcess() {
    return OF_PROCESS;
  }

  /// Takes over everything that Java's logging brings.
  public void install() {
    Logger root = LogManager.getLogManager().getLogger("");
    for (Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    root.addHandler(new LogHandler(this));
    levels.set(LogLevel.INFO, Map.of());
    installed = true;
  }

  /// Logs as these settings say; levels stay when somebody else set up Java's logging.
  public void configure(LogSettings settings) {
    format = LineFormat.of(settings.format());
    sampling.rate(settings.errorSampleRate());
    if (installed) {
      levels.set(settings.level(), Map.of());
    }
  }

  /// Keeps nobody waiting from now on.
  public void detach() {
    queue.detach();
  }

  private LineFormat format() {
    return format;
  }

  private static LogEvent own(String message) {
    return new LogEvent(
        System.currentTimeMillis(),
        LogLevel.WARNING,
        Logging.class.getName(),
        message,
        null,
        null,
        0);
  }

  /// Writes what is on its way, within two seconds.
  public void flush() {
    queue.flush(FLUSHING);
  }

  /// Logs an event, unless it is one of many errors of its kind.
  void event(LogEvent event) {
    count(event.level()).increment();
    long leftOut = 0;
    if (event.level().compareTo(LogLevel.WARNING) >= 0) {
      leftOut = sampling.admit(kind(event));
      if (leftOut < 0) {
        return;
      }
    }
    var line = new StringBuilder();
    format()
        .event(
            line,
            new LogEvent(
                event.millis(),
                event.level(),
                event.logger(),
                event.message(),
                event.thrown(),
                event.request(),
                leftOut));
    queue.offer(out -> out.append(line), true);
  }

  private static String kind(LogEvent event) {
    Throwable thrown = event.thrown();
    String origin = event.logger() + ' ' + event.level() + ' ';
    if (thrown == null) {
      return origin + ErrorSampling.kindOf(event.message());
    }
    StackTraceElement[] frames = thrown.getStackTrace();
    return origin + thrown.getClass().getName() + (frames.length == 0 ? "" : frames[0]);
  }

  /// Logs an answered request.
  ///
  /// @param sampled whether it may be left out when many like it come
  void request(ServedRequest request, boolean sampled) {
    long leftOut =
        sampled
            ? sampling.admit(
                "access "
                    + request.route()
                    + ' '
                    + request.status()
                    + ' '
                    + request.problem().orElse(""))
            : 0;
    if (leftOut >= 0) {
      long millis = System.currentTimeMillis();
      queue.offer(line -> format().request(line, millis, request, leftOut), false);
    }
  }

  private LongAdder count(LogLevel level) {
    LongAdder count = counts.get(level);
    if (count == null) {
      throw new IllegalStateException("every level is counted");
    }
    return count;
  }

  /// {@return how many events of a level there were, those included that were left out}
  public long events(LogLevel level) {
    return count(level).sum();
  }

  /// {@return how many lines were dropped because they could not be written fast enough}
  public long dropped() {
    return queue.dropped();
  }

  /// {@return how it logs}
  public LoggingJson read(AccessLog accessLog) {
    Map<String, String> loggers = new TreeMap<>();
    levels.loggers().forEach((name, level) -> loggers.put(name, level.key()));
    return new LoggingJson(levels.level().key(), loggers, accessLog.mode().key(), sampling.rate());
  }

  /// Logs differently from now on.
  public void change(LoggingChange change, AccessLog accessLog) {
    if (change.level().isPresent() || change.loggers().isPresent()) {
      levels.set(
          change.level().orElseGet(levels::level), change.loggers().orElseGet(levels::loggers));
    }
    change.accessLog().ifPresent(accessLog::mode);
    change.errorSampleRate().ifPresent(sampling::rate);
  }
}
