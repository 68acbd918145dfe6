package dev.tenet.http.routing;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The trace that a request belongs to, as its client says (W3C Trace Context, level 1).
///
/// @param traceId 32 hexadecimal digits, not all zero
/// @param spanId 16 hexadecimal digits, not all zero
/// @param sampled whether the client records it
/// @param state what tracing systems pass on, as it came; empty for nothing
public record TraceParent(String traceId, String spanId, boolean sampled, String state) {

  private static final HeaderName HEADER = HeaderNames.create("traceparent");
  private static final HeaderName STATE = HeaderNames.create("tracestate");
  private static final int LONGEST_STATE = 512;

  /// Later versions may have more parts; version ff is forbidden.
  private static final Pattern FORM =
      Pattern.compile(
          "(?!ff)[0-9a-f]{2}-((?!0{32})[0-9a-f]{32})-((?!0{16})[0-9a-f]{16})-[0-9a-f]([0-9a-f])(-.*)?");

  /// {@return the trace that these headers name, or null when they name none}
  static @Nullable TraceParent of(Headers headers) {
    if (!headers.contains(HEADER)) {
      return null;
    }
    String text = headers.get(HEADER).get();
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches() || (text.startsWith("00") && matcher.group(4) != null)) {
      return null;
    }
    boolean sampled = (Character.digit(matcher.group(3).charAt(0), 16) & 1) == 1;
    return new TraceParent(matcher.group(1), matcher.group(2), sampled, state(headers));
  }

  /// {@return the header that says so}
  public String text() {
    return "00-%s-%s-%s".formatted(traceId, spanId, sampled ? "01" : "00");
  }

  private static String state(Headers headers) {
    if (!headers.contains(STATE)) {
      return "";
    }
    String state = String.join(",", headers.get(STATE).allValues());
    return state.length() <= LONGEST_STATE ? state : "";
  }
}
