package dev.tenet.bootstrap.logging;

import dev.tenet.http.observability.LogLevel;
import dev.tenet.http.routing.ServedRequest;
import java.time.Instant;

/// Lines for machines: an object in JSON on each.
final class JsonLines implements LineFormat {

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
    var message = new StringBuilder(request.method());
    message.append(' ').append(request.route()).append(' ').append(request.status());
    member(out, "message", message);
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

  private static void begin(StringBuilder out, long millis, LogLevel level, String logger) {
    out.append("{\"time\":\"").append(Instant.ofEpochMilli(millis)).append('"');
    member(out, "level", level.name());
    member(out, "logger", logger);
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
