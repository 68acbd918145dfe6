package dev.tenet.postgres;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.metrics.IMetricsTracker;
import com.zaxxer.hikari.metrics.MetricsTrackerFactory;
import com.zaxxer.hikari.metrics.PoolStats;
import dev.tenet.spi.ConnectionPool;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/// What can be seen of one of Hikari's pools.
///
/// @param name in metrics and logs
record WatchedPool(String name, HikariDataSource pool, Acquisitions acquisitions)
    implements ConnectionPool {

  /// Counts how those who wanted a connection fared.
  static final class Acquisitions implements IMetricsTracker, MetricsTrackerFactory {

    private final LongAdder times = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final LongAdder timeouts = new LongAdder();

    @Override
    public IMetricsTracker create(String poolName, PoolStats statistics) {
      return this;
    }

    @Override
    public void recordConnectionAcquiredNanos(long elapsed) {
      times.increment();
      nanos.add(elapsed);
    }

    @Override
    public void recordConnectionTimeout() {
      timeouts.increment();
    }
  }

  /// {@return what can be seen of a pool that [ConnectionPools] opened}
  static WatchedPool of(HikariDataSource pool) {
    if (!(pool.getMetricsTrackerFactory() instanceof Acquisitions acquisitions)) {
      throw new IllegalArgumentException("nobody counts for the pool " + pool.getPoolName());
    }
    return new WatchedPool(pool.getPoolName(), pool, acquisitions);
  }

  /// {@return the pool as one of a further database}
  WatchedPool in(String database) {
    return new WatchedPool(database + '/' + name, pool, acquisitions);
  }

  @Override
  public Usage usage() {
    HikariPoolMXBean bean = pool.getHikariPoolMXBean();
    int most = pool.getMaximumPoolSize();
    return bean == null
        ? new Usage(0, 0, 0, 0, most)
        : new Usage(
            bean.getTotalConnections(),
            bean.getActiveConnections(),
            bean.getIdleConnections(),
            bean.getThreadsAwaitingConnection(),
            most);
  }

  @Override
  public Waits waits() {
    return new Waits(
        acquisitions.times.sum(),
        Duration.ofNanos(acquisitions.nanos.sum()),
        acquisitions.timeouts.sum());
  }
}
