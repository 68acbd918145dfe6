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

  /// What the lines of requests have in common that are alike, from their level to their status.
  private record Kind(String method, String route, int status, String text) {

    static Kind of(ServedRequest request) {
      var text = new StringBuilder();
      member(text, "level", LogLevel.INFO.name());
      member(text, "logger", "access");
      member(text, "message", request.method() + ' ' + request.route() + ' ' + request.status());
      member(text, "method", request.method());
      member(text, "route", request.route());
      text.append(",\"status\":").append(request.status());
      return new Kind(request.method(), request.route(), request.status(), text.toString());
    }

    boolean isOf(ServedRequest request) {
      return status == request.status()
          && route.equals(request.route())
          && method.equals(request.method());
    }
  }

  /// Most lines are of the same second as the one before, and many of the same kind of request.
  private volatile Second last = new Second(0);

  private volatile Kind lastKind = new Kind("", "", 0, "");

  @Override
  public void event(StringBuilder out, LogEvent event) {
    begin(out, event.millis());
    member(out, "level", event.level().name());
    member(out, "logger", event.logger());
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
    Kind kind = lastKind;
    if (!kind.isOf(request)) {
      kind = Kind.of(request);
      lastKind = kind;
    }
    begin(out, millis);
    out.append(kind.text());
    request.problem().ifPresent(code -> member(out, "code", code));
    out.append(",\"durationMs\":");
    LogText.appendMilliseconds(out, request.nanos());
    out.append(",\"bytes\":").append(request.bytes());
    about(out, request);
    end(out, leftOut);
  }

  private void begin(StringBuilder out, long millis) {
    out.append("{\"time\":\"");
    appendTime(out, millis);
    out.append('"');
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
    id(out, "requestId", request.requestId());
    request.traceId().ifPresent(id -> id(out, "traceId", id));
    request.tenant().ifPresent(id -> id(out, "tenantId", id.toString()));
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

  /// Ids are plain text, also those that clients give.
  private static void id(StringBuilder out, String name, String id) {
    out.append(",\"").append(name).append("\":\"").append(id).append('"');
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
