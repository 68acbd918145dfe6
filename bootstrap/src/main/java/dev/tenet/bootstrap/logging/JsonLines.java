package dev.tenet.bootstrap.logging;

import dev.tenet.http.observability.LogLevel;
import dev.tenet.http.routing.ServedRequest;
import java.time.Instant;

/// Lines for machines: an object in JSON on each.
final class JsonLines implements LineFormat {

  private static final long MILLIS_IN_A_SECOND = 1_000;

  /// A second since 1970 in UTC, without the `Z` at its end.
  private record Second(long number, String text) {

    Second(long number) {
      this(number, Instant.ofEpochSecond(number).toString().replace("Z", ""));
    }
  }

  /// Most lines are of the same second as the one before.
  private volatile Second last = new Second(0);

  @Override
  public void event(StringBuilder out, LogEvent event) {
    begin(out, event.millis(), event.level(), event.logger());
    member(out, "message", event.message());
    if (event.request() != null) {
      about(out, event.request());
    }
    if (event.thrown() != null) {
      exception(out, event.thrown());
    }
    end(out, event.leftOut());
  }

  @Override
  public void request(StringBuilder out, long millis, ServedRequest request, long leftOut) {
    begin(out, millis, LogLevel.INFO, "access");
    out.append(",\"message\":\"");
    LogText.appendInJson(out, request.method());
    out.append(' ');
    LogText.appendInJson(out, request.route());
    out.append(' ').append(request.status()).append('"');
    member(out, "method", request.method());
    member(out, "route", request.route());
    out.append(",\"status\":").append(request.status());
    request.problem().ifPresent(code -> member(out, "code", code));
    out.append(",\"durationMs\":");
    LogText.appendMilliseconds(out, request.nanos());
    out.append(",\"bytes\":").append(request.bytes());
    about(out, request);
    end(out, leftOut);
  }

  private void begin(StringBuilder out, long millis, LogLevel level, String logger) {
    out.append("{\"time\":\"");
    appendTime(out, millis);
    out.append('"');
    member(out, "level", level.name());
    member(out, "logger", logger);
  }

  /// Milliseconds are always there, so that lines sort by their text.
  private void appendTime(StringBuilder out, long millis) {
    long second = Math.floorDiv(millis, MILLIS_IN_A_SECOND);
    Second known = last;
    if (known.number() != second) {
      known = new Second(second);
      last = known;
    }
    int rest = (int) (millis - second * MILLIS_IN_A_SECOND);
    out.append(known.text()).append('.');
    out.append((char) ('0' + rest / 100))
        .append((char) ('0' + rest / 10 % 10))
        .append((char) ('0' + rest % 10))
        .append('Z');
  }

  private static void about(StringBuilder out, ServedRequest request) {
    member(out, "requestId", request.requestId());
    request.traceId().ifPresent(id -> member(out, "traceId", id));
    request.tenant().ifPresent(id -> member(out, "tenantId", id.toString()));
    member(out, "principal", request.principal());
  }

  private static void exception(StringBuilder out, Throwable thrown) {
    out.append(",\"exception\":{\"type\":");
    LogText.appendJson(out, thrown.getClass().getName());
    if (thrown.getMessage() != null) {
      member(out, "message", thrown.getMessage());
    }
    var stack = new StringBuilder();
    StackTrace.append(stack, thrown);
    member(out, "stackTrace", stack);
    out.append('}');
  }

  private static void member(StringBuilder out, String name, CharSequence value) {
    out.append(",\"").append(name).append("\":");
    LogText.appendJson(out, value);
  }

  private static void end(StringBuilder out, long leftOut) {
    if (leftOut > 0) {
      out.append(",\"leftOut\":").append(leftOut);
    }
    out.append("}\n");
  }
}
