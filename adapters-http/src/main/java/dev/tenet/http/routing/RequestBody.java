package dev.tenet.http.routing;

import dev.tenet.http.problem.Problem;
import dev.tenet.http.problem.ProblemException;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Headers;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Reads a request's body within a limit and a deadline, so that neither a giant nor a dribbling client holds the server.
final class RequestBody {

  static final int PIECE = 8 * 1024;
  private static final int MOST_DRAINED = 8 << 20;
  private static final Duration LINGER = Duration.ofSeconds(2);
  private static final String JSON = "application/json";

  private final Route.BodyLimit limit;
  private final Duration patience;
  private final SlowClients.Watch watch;
  private final long deadlineNanos;
  private @Nullable InputStream opened;

  /// @param patience how long the body, or each of its lines, may take to arrive
  /// @param watch over the client
  /// @param began when the request came, as `System.nanoTime()` gives it
  RequestBody(Route.BodyLimit limit, Duration patience, SlowClients.Watch watch, long began) {
    this.limit = limit;
    this.watch = watch;
    this.patience = patience;
    this.deadlineNanos = began + patience.toNanos();
  }

  /// {@return what is wrong with a request that does not say once, and as everybody reads it, how long its body is}
  ///
  /// Helidon would take one of several lengths, and no body for a coding that it does not know. A proxy in between may see
  /// something else, and so another next request.
  static Optional<Problem> unclearLength(Headers headers) {
    boolean clear =
        headers.contains(HeaderNames.TRANSFER_ENCODING)
            ? headers.contains(HeaderValues.TRANSFER_ENCODING_CHUNKED)
                && !headers.contains(HeaderNames.CONTENT_LENGTH)
            : !headers.contains(HeaderNames.CONTENT_LENGTH)
                || isNumber(headers.get(HeaderNames.CONTENT_LENGTH));
    return clear
        ? Optional.empty()
        : Optional.of(
            closing(
                Problem.of(
                    400,
                    "http_malformed",
                    "How long the body is must be said once: by one Content-Length in digits, or by \"Transfer-Encoding: chunked\".")));
  }

  private static boolean isNumber(Header header) {
    String value = header.get();
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return false;
      }
    }
    return header.valueCount() == 1;
  }

  byte[] readAll(ServerRequest request) {
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    requireJson(request);
    OptionalLong declared = request.headers().contentLength();
    if (declared.isPresent() && declared.getAsLong() > limit.bytes()) {
      throw tooLarge(limit.bytes(), limit.code());
    }
    return readToTheEnd(open(request), (int) Math.min(declared.orElse(PIECE), PIECE));
  }

  /// @param expected how many bytes there will be, more or less
  private byte[] readToTheEnd(InputStream in, int expected) {
    byte[] content = new byte[expected + 1];
    int size = 0;
    for (int n = piece(in, content, 0); n >= 0; n = piece(in, content, size)) {
      size += n;
      if (size > limit.bytes()) {
        throw tooLarge(limit.bytes(), limit.code());
      }
      checkDeadline();
      if (size == content.length) {
        content = Arrays.copyOf(content, (int) Math.min(2L * size, limit.bytes() + 1L));
      }
    }
    return Arrays.copyOf(content, size);
  }

  /// A body that stalls ends with its connection, which is closed when its time is over.
  private int piece(InputStream in, byte[] content, int at) {
    try {
      return read(in, content, at);
    } catch (ProblemException e) {
      checkDeadline();
      throw e;
    }
  }

  private InputStream open(ServerRequest request) {
    InputStream in = watch.pieces(stream(request));
    opened = in;
    return in;
  }

  /// Getting at the body may answer an `Expect: 100-continue`, which fails when the client is gone.
  private static InputStream stream(ServerRequest request) {
    try {
      return request.content().inputStream();
    } catch (UncheckedIOException | CloseConnectionException e) {
      throw broken();
    }
  }

  /// Reads what a client is still sending although nobody wants it, up to a point: if the connection closed at once the
  /// client would not see the answer.
  void linger(ServerRequest request) {
    if (!request.content().hasEntity() || request.content().consumed()) {
      return;
    }
    InputStream unread = opened == null ? request.content().inputStream() : opened;
    Thread drain = Thread.ofVirtual().start(() -> drain(unread));
    try {
      drain.join(LINGER);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void drain(InputStream in) {
    byte[] piece = new byte[PIECE];
    try {
      for (int drained = 0, n = 0; drained < MOST_DRAINED && n >= 0; drained += n) {
        n = in.read(piece);
      }
    } catch (IOException | RuntimeException e) {
      // the connection is closed next, whatever state it is in
    }
  }

  /// Reads on. Whatever else the server throws here says that the body ends too early or that its chunks are none.
  static int read(InputStream in, byte[] piece) {
    return read(in, piece, 0);
  }

  private static int read(InputStream in, byte[] piece, int at) {
    try {
      return in.read(piece, at, piece.length - at);
    } catch (GuardedReader.TooLarge e) {
      throw new ProblemException(
          closing(
              Problem.of(
                  413,
                  "chunk_too_large",
                  "A chunk of the body is too large; at most %d bytes are allowed."
                      .formatted(GuardedReader.LARGEST))));
    } catch (IOException | RuntimeException e) {
      throw broken();
    }
  }

  private static ProblemException broken() {
    return new ProblemException(
        closing(Problem.of(400, "body_incomplete", "The body did not arrive completely.")));
  }

  private static void requireJson(ServerRequest request) {
    requirePlain(request);
    if (request.headers().first(HeaderNames.CONTENT_TYPE).filter(JSON::equals).isPresent()) {
      return;
    }
    boolean json =
        request
            .headers()
            .contentType()
            .map(type -> type.mediaType().text())
            .map(
                type ->
                    type.equalsIgnoreCase(JSON) || type.toLowerCase(Locale.ROOT).endsWith("+json"))
            .orElse(true);
    if (!json) {
      throw new ProblemException(
          Problem.of(
              415,
              "media_type_unsupported",
              "The body must be JSON: send the header \"Content-Type: application/json\"."));
    }
  }

  boolean overdue() {
    return System.nanoTime() - deadlineNanos > 0;
  }

  private static void requirePlain(ServerRequest request) {
    if (request.headers().contains(HeaderNames.CONTENT_ENCODING)) {
      throw new ProblemException(
          closing(
              Problem.of(
                  415,
                  "content_encoding_unsupported",
                  "The body must come as it is: send it without Content-Encoding.")));
    }
  }

  private void checkDeadline() {
    if (overdue()) {
      throw tooSlow();
    }
  }

  static ProblemException tooSlow() {
    return new ProblemException(
        closing(Problem.of(408, "request_timeout", "The request took too long to arrive.")));
  }

  static ProblemException tooLarge(int bytes, String code) {
    return new ProblemException(
        closing(
            Problem.of(
                413,
                code,
                "The body is too large; at most %d bytes are allowed.".formatted(bytes))));
  }

  /// What was not read of the body would be taken for the next request.
  private static Problem closing(Problem problem) {
    return new Problem(
        problem.status(),
        problem.code(),
        problem.detail(),
        List.of(),
        List.of(),
        OptionalLong.empty(),
        Map.of("Connection", "close"));
  }

  /// {@return the body line by line}
  ///
  /// @param longest the longest line in bytes
  RequestLines lines(ServerRequest request, int longest) {
    requirePlain(request);
    return new RequestLines(open(request), longest, patience);
  }
}
