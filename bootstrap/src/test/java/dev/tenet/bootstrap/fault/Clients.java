package dev.tenet.bootstrap.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Clients that run side by side until all of them are stopped.
final class Clients implements AutoCloseable {

  private static final Duration LAST_ANSWER = Duration.ofSeconds(60);

  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;

  void start(Runnable client) {
    threads.add(Thread.ofVirtual().start(client));
  }

  /// {@return whether they shall ask for nothing more}
  boolean stopped() {
    return stopped;
  }

  /// Lets them end, each after the answer that it waits for.
  @Override
  public void close() {
    stopped = true;
    for (Thread thread : threads) {
      assertThat(ends(thread)).as("all clients got their last answer").isTrue();
    }
  }

  private static boolean ends(Thread thread) {
    try {
      return thread.join(LAST_ANSWER);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
