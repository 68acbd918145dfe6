package dev.tenet.http.observability;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenet.application.audit.RecordLoggingChange;
import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.domain.identity.Action;
import dev.tenet.http.observability.Observability.Exposition;
import dev.tenet.http.observability.Observability.LoggingChange;
import dev.tenet.http.routing.Answer;
import dev.tenet.http.routing.Call;
import dev.tenet.http.routing.JsonBody;
import dev.tenet.http.routing.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Hands out metrics, and shows what extensions add, and shows and sets how the server logs.
public final class ObservabilityRoutes {

  private static final String LOGGING = "/api/v1/admin/logging";
  private static final String LEVEL = "level";
  private static final String LOGGERS = "loggers";
  private static final String ACCESS_LOG = "accessLog";
  private static final String RATE = "errorSampleRate";
  private static final Set<String> MEMBERS = Set.of(LEVEL, LOGGERS, ACCESS_LOG, RATE);
  private static final Pattern LOGGER = Pattern.compile("[A-Za-z0-9_$]+(\\.[A-Za-z0-9_$]+)*");
  private static final int LONGEST_LOGGER = 200;
  private static final int MOST_LOGGERS = 100;
  private static final int HIGHEST_RATE = 1_000_000;

  private final Observability observability;
  private final RecordLoggingChange audit;

  public ObservabilityRoutes(Observability observability, RecordLoggingChange audit) {
    this.observability = observability;
    this.audit = audit;
  }

  /// {@return the routes}
  public List<Route> routes() {
    return List.of(
        Route.of("GET", "/metrics", Action.METRICS_READ, this::metrics),
        Route.of(
            "GET",
            "/api/v1/admin/extensions",
            Action.METRICS_READ,
            call -> Answer.json(200, observability.extensions())),
        Route.of("GET", LOGGING, Action.LOGGING_WRITE, call -> logging()),
        Route.of("PUT", LOGGING, Action.LOGGING_WRITE, this::change));
  }

  private Answer metrics(Call call) {
    Exposition exposition = observability.metrics(call.accept());
    return new Answer.Whole(
        200, exposition.text().getBytes(UTF_8), exposition.contentType(), Map.of());
  }

  private Answer logging() {
    return Answer.json(200, observability.logging());
  }

  private Answer change(Call call) {
    JsonBody body = call.json(MEMBERS);
    Optional<LogLevel> level = body.text(LEVEL).flatMap(text -> level(body, LEVEL, text));
    Optional<Map<String, LogLevel>> loggers =
        body.textByName(LOGGERS).map(members -> levels(body, members));
    Optional<AccessLogging> accessLog =
        body.text(ACCESS_LOG).flatMap(text -> accessLog(body, text));
    OptionalInt rate = rate(body);
    body.check();
    LoggingJson before = observability.logging();
    LoggingJson after =
        new LoggingJson(
            level.map(LogLevel::key).orElse(before.level()),
            loggers.map(ObservabilityRoutes::keys).orElse(before.loggers()),
            accessLog.map(AccessLogging::key).orElse(before.accessLog()),
            rate.orElse(before.errorSampleRate()));
    audit.record(call.actor(), call.requestId(), before.members(), after.members());
    observability.change(new LoggingChange(level, loggers, accessLog, rate));
    return logging();
  }

  private static Map<String, String> keys(Map<String, LogLevel> levels) {
    Map<String, String> keys = new TreeMap<>();
    levels.forEach((name, level) -> keys.put(name, level.key()));
    return keys;
  }

  private static Optional<LogLevel> level(JsonBody body, String member, String text) {
    Optional<LogLevel> level = LogLevel.of(text);
    if (level.isEmpty()) {
      body.report(
          "log_level_invalid",
          member,
          "%s is no level; the levels are %s."
              .formatted(Quoted.text(text), String.join(", ", LogLevel.keys())),
          null);
    }
    return level;
  }

  private static Map<String, LogLevel> levels(JsonBody body, Map<String, String> members) {
    Map<String, LogLevel> levels = new TreeMap<>();
    if (members.size() > MOST_LOGGERS) {
      body.report(
          "logger_invalid",
          LOGGERS,
          "There are %d loggers; at most %d are allowed.".formatted(members.size(), MOST_LOGGERS),
          null);
      return levels;
    }
    members.forEach(
        (name, text) -> {
          if (name.length() > LONGEST_LOGGER || !LOGGER.matcher(name).matches()) {
            body.report(
                "logger_invalid",
                LOGGERS,
                "%s is no name of a logger; such a name looks like org.example.part."
                    .formatted(Quoted.text(name)),
                null);
          } else {
            level(body, LOGGERS, text).ifPresent(level -> levels.put(name, level));
          }
        });
    return levels;
  }

  private static Optional<AccessLogging> accessLog(JsonBody body, String text) {
    Optional<AccessLogging> mode = AccessLogging.of(text);
    if (mode.isEmpty()) {
      body.report(
          "access_log_invalid",
          ACCESS_LOG,
          "%s must be one of %s, not %s."
              .formatted(ACCESS_LOG, String.join(", ", AccessLogging.keys()), Quoted.text(text)),
          null);
    }
    return mode;
  }

  private static OptionalInt rate(JsonBody body) {
    Optional<Long> rate = body.integer(RATE);
    if (rate.isPresent() && (rate.get() < 1 || rate.get() > HIGHEST_RATE)) {
      body.report(
          "error_sample_rate_invalid",
          RATE,
          "%s must be from 1, which logs every error, to %d.".formatted(RATE, HIGHEST_RATE),
          null);
      return OptionalInt.empty();
    }
    return rate.map(number -> OptionalInt.of(number.intValue())).orElseGet(OptionalInt::empty);
  }
}
