package dev.tenet.wasm;

import dev.tenet.application.plugin.InvalidGuest;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/// Threads for what takes long, and waiting for threads.
final class Threads {

  /// Deep enough for code that is nested as deeply as any that a compiler makes.
  private static final long STACK_BYTES = 16L << 20;

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /// What reads code.
  interface Reading {
    GuestCode read() throws InvalidGuest;
  }

  private Threads() {}

  /// Reads code on a thread of its own, so that no carrier of virtual threads is busy with it, and waits.
  static GuestCode read(Reading reading) throws InvalidGuest {
    FutureTask<GuestCode> task = new FutureTask<>(reading::read);
    Thread thread = new Thread(null, task, "tenet-guest-reader", STACK_BYTES, false);
    thread.setDaemon(true);
    thread.start();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case InvalidGuest invalid -> throw invalid;
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new IllegalStateException(e);
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /// Waits until the thread has ended, or for 5 seconds.
  static void join(Thread thread) {
    try {
      boolean _ = thread.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
