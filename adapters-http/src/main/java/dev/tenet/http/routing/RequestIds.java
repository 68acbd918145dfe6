package dev.tenet.http.routing;

import dev.tenet.application.identity.IdSource;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Names requests: as the client does, by its trace, or anew.
final class RequestIds {

  /// The header that carries the name, both ways.
  static final HeaderName HEADER = HeaderNames.create("X-Request-ID");

  private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final IdSource ids;

  RequestIds(IdSource ids) {
    this.ids = ids;
  }

  /// {@return the name of the request with these headers}
  ///
  /// @param trace the trace that they name
  String of(Headers headers, @Nullable TraceParent trace) {
    if (headers.contains(HEADER)) {
      String given = headers.get(HEADER).get();
      if (REQUEST_ID.matcher(given).matches()) {
        return given;
      }
    }
    return trace == null ? next() : trace.traceId();
  }

  /// {@return a new name}
  String next() {
    return ids.next().toString();
  }
}
