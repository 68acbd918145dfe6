package dev.tenet.bootstrap.logging;

import dev.tenet.http.observability.AccessLogging;
import dev.tenet.http.routing.ServedRequest;
import java.time.Duration;

/// A line for each answered request, or for those that went wrong or took long. Nobody waits for it.
public final class AccessLog {

  /// What takes longer is slow, unless it is a stream.
  public static final Duration SLOW = Duration.ofSeconds(1);

  private static final int FIRST_PROBLEM = 400;

  private final Logging logging;
  private volatile AccessLogging mode;

  public AccessLog(Logging logging, AccessLogging mode) {
    this.logging = logging;
    this.mode = mode;
  }

  AccessLogging mode() {
    return mode;
  }

  void mode(AccessLogging next) {
    mode = next;
  }

  /// {@return whether the request took longer than requests should}
  public static boolean isSlow(ServedRequest request) {
    return !request.streamed() && request.nanos() > SLOW.toNanos();
  }

  /// Logs the request if it is one to be logged.
  public void answered(ServedRequest request) {
    switch (mode) {
      case OFF -> {}
      case PROBLEMS -> {
        if (request.status() >= FIRST_PROBLEM || isSlow(request)) {
          logging.request(request, true);
        }
      }
      case ALL -> logging.request(request, false);
    }
  }
}
