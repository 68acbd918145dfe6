package dev.tenet.bootstrap.server;

import java.util.ArrayDeque;
import java.util.Deque;

/// What runs, in the order in which it was started. It is closed the other way round, all of it, whatever goes wrong.
final class RunningParts implements AutoCloseable {

  private final Deque<Runnable> closing = new ArrayDeque<>();

  /// Notes a part that runs.
  ///
  /// @param close ends it
  void add(Runnable close) {
    closing.push(close);
  }

  /// Closes all parts.
  ///
  /// @throws RuntimeException the first that a part throws, with those of the others
  @Override
  public void close() {
    RuntimeException failure = null;
    while (!closing.isEmpty()) {
      try {
        closing.pop().run();
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
