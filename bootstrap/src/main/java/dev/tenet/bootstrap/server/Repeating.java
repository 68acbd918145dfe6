package dev.tenet.bootstrap.server;

import dev.tenet.application.store.StoreUnavailable;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Does something again and again, and once more at the end. A store that does not answer is asked again the next time.
final class Repeating implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Repeating.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final String name;
  private final Runnable step;
  private final ScheduledExecutorService executor;

  private Repeating(String name, Runnable step) {
    this.name = name;
    this.step = step;
    this.executor =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(name).factory());
  }

  static Repeating start(String name, Duration pause, Runnable step) {
    var repeating = new Repeating(name, step);
    var _ =
        repeating.executor.scheduleWithFixedDelay(
            repeating::once, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    return repeating;
  }

  private void once() {
    try {
      step.run();
    } catch (StoreUnavailable e) {
      LOG.log(Level.DEBUG, () -> name + ": the store does not answer", e);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, () -> name + " failed", e);
    }
  }

  @Override
  public void close() {
    executor.shutdown();
    try {
      if (executor.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        once();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
