package dev.tenet.bootstrap.server;

import dev.tenet.application.store.StoreUnavailable;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Does something again and again, and something at the end. A store that does not answer is asked again the next time.
final class Repeating implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Repeating.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final String name;
  private final Runnable step;
  private final Runnable end;
  private final ScheduledExecutorService executor;

  private Repeating(String name, Runnable step, Runnable end) {
    this.name = name;
    this.step = step;
    this.end = end;
    this.executor =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name(name).factory());
  }

  /// Does something again and again, first after a pause, and once more at the end.
  static Repeating start(String name, Duration pause, Runnable step) {
    return start(name, pause, pause, step, step);
  }

  /// @param first after what time to begin
  /// @param end what to do at the end
  static Repeating start(String name, Duration first, Duration pause, Runnable step, Runnable end) {
    var repeating = new Repeating(name, step, end);
    var _ =
        repeating.executor.scheduleWithFixedDelay(
            () -> repeating.once(repeating.step),
            first.toMillis(),
            pause.toMillis(),
            TimeUnit.MILLISECONDS);
    return repeating;
  }

  private void once(Runnable work) {
    try {
      work.run();
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
        once(end);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
