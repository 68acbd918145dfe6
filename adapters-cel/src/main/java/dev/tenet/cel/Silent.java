package dev.tenet.cel;

import java.io.Serial;

/// A bug as it may be logged: what it is and where it happened, without its message, which may repeat a sensitive value.
final class Silent extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private Silent(String what) {
    super(what);
  }

  static Silent of(Throwable bug) {
    var silent = new Silent(bug.getClass().getName());
    silent.setStackTrace(bug.getStackTrace());
    return silent;
  }
}
