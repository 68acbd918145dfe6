package dev.tenet.bootstrap.logging;

import dev.tenet.http.routing.ServedRequest;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Lines for people.
final class TextLines implements LineFormat {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxx", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  @Override
  public void event(StringBuilder out, LogEvent event) {
    begin(out, event.millis(), event.level().name());
    LogText.append(out, event.message());
    if (event.request() != null) {
      out.append(" [");
      about(out, event.request());
      out.append(']');
    }
    end(out, event.leftOut());
    if (event.thrown() != null) {
      StackTrace.append(out, event.thrown());
    }
  }

  @Override
  public void request(StringBuilder out, long millis, ServedRequest request, long leftOut) {
    begin(out, millis, "ACCESS");
    LogText.append(out, request.method().isEmpty() ? "-" : request.method());
    out.append(' ').append(request.route().isEmpty() ? "-" : request.route());
    out.append(' ').append(request.status());
    request.problem().ifPresent(code -> out.append(' ').append(code));
    out.append(' ');
    LogText.appendMilliseconds(out, request.nanos());
    out.append("ms ").append(request.bytes()).append("B [");
    about(out, request);
    out.append(']');
    end(out, leftOut);
  }

  private static void begin(StringBuilder out, long millis, String level) {
    TIME.formatTo(Instant.ofEpochMilli(millis), out);
    out.append(' ').append(level).append(' ');
  }

  private static void about(StringBuilder out, ServedRequest request) {
    out.append("request=").append(request.requestId());
    request.traceId().ifPresent(id -> out.append(" trace=").append(id));
    request.tenant().ifPresent(id -> out.append(" tenant=").append(id));
    out.append(" principal=");
    LogText.append(out, request.principal());
  }

  private static void end(StringBuilder out, long leftOut) {
    if (leftOut > 0) {
      out.append(" (").append(leftOut).append(" like it were left out)");
    }
    out.append('\n');
  }
}
