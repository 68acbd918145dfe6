package dev.tenet.bootstrap.telemetry;

import dev.tenet.spi.ConnectionPool;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Warns when a pool's connections run out: once when more than 70 % are in use, and once when more than 95 % are.
final class PoolWatch implements AutoCloseable {

  private static final Logger LOG = System.getLogger(PoolWatch.class.getName());
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
  private static final double STRESSED = 0.70;
  private static final double NEARLY_EXHAUSTED = 0.95;

  private enum Stress {
    NONE,
    STRESSED,
    NEARLY_EXHAUSTED
  }

  private final Supplier<List<ConnectionPool>> pools;
  private final Map<String, Stress> known = new HashMap<>();
  private final Thread looking =
      Thread.ofPlatform().daemon().name("tenet-pools").unstarted(this::run);

  PoolWatch(Supplier<List<ConnectionPool>> pools) {
    this.pools = pools;
  }

  void start() {
    looking.start();
  }

  private void run() {
    while (!Thread.currentThread().isInterrupted()) {
      look();
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
    }
  }

  /// Looks at all pools once.
  void look() {
    for (ConnectionPool pool : pools.get()) {
      ConnectionPool.Usage usage = pool.usage();
      Stress now = stress(usage);
      Stress before = known.getOrDefault(pool.name(), Stress.NONE);
      known.put(pool.name(), now);
      if (now.compareTo(before) > 0) {
        LOG.log(
            Level.WARNING,
            "The pool %s is %s: %d of its %d connections are in use, %d requests wait for one."
                .formatted(
                    pool.name(),
                    now == Stress.STRESSED ? "stressed" : "nearly exhausted",
                    usage.inUse(),
                    usage.most(),
                    usage.waiting()));
      } else if (now == Stress.NONE && before != Stress.NONE) {
        LOG.log(
            Level.INFO,
            "The pool %s has connections again: %d of %d are in use."
                .formatted(pool.name(), usage.inUse(), usage.most()));
      }
    }
  }

  private static Stress stress(ConnectionPool.Usage usage) {
    double share = (double) usage.inUse() / usage.most();
    if (share > NEARLY_EXHAUSTED) {
      return Stress.NEARLY_EXHAUSTED;
    }
    return share > STRESSED ? Stress.STRESSED : Stress.NONE;
  }

  @Override
  public void close() {
    looking.interrupt();
  }
}
