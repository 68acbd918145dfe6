package dev.tenet.http.routing;

import dev.tenet.application.identity.IdSource;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names requests: as the client does, by its trace, or anew.
final class RequestIds {

  /// The header that carries the name, both ways.
  static final HeaderName HEADER = HeaderNames.create("X-Request-ID");

  private static final HeaderName TRACE_PARENT_HEADER = HeaderNames.create("traceparent");
  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  private static final Pattern TRACE_PARENT =
      Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");

  private final IdSource ids;

  RequestIds(IdSource ids) {
    this.ids = ids;
  }

  /// {@return the name of the request with these headers}
  String of(Headers headers) {
    if (headers.contains(HEADER)) {
      String given = headers.get(HEADER).get();
      if (REQUEST_ID.matcher(given).matches()) {
        return given;
      }
    }
    return traceParent(headers).orElseGet(this::next);
  }

  private static Optional<String> traceParent(Headers headers) {
    return headers
        .first(TRACE_PARENT_HEADER)
        .map(TRACE_PARENT::matcher)
        .filter(Matcher::matches)
        .map(matcher -> matcher.group(1));
  }

  /// {@return a new name}
  String next() {
    return ids.next().toString();
  }
}
