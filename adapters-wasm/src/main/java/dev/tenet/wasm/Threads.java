package dev.tenet.wasm;

import java.time.Duration;

/// Waiting for threads to end.
final class Threads {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private Threads() {}

  /// Waits until the thread has ended, or for 5 seconds.
  static void join(Thread thread) {
    try {
      boolean _ = thread.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
