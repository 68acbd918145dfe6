package dev.tenet.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;

/// Opens pools of connections. Nobody waits for a connection without a deadline.
final class ConnectionPools {

  private static final int FEWEST_IDLE = 2;
  private static final Duration VALIDATION = Duration.ofSeconds(2);
  private static final Duration LONGEST_LIFE = Duration.ofMinutes(30);
  private static final Duration LONGEST_IDLE = Duration.ofMinutes(10);

  private ConnectionPools() {}

  /// {@return a pool that opens connections as they are needed}
  ///
  /// @param name in thread names and logs
  static HikariDataSource open(String name, DatabaseAddress address, ConnectionSettings settings) {
    var config = new HikariConfig();
    config.setPoolName(name);
    config.setDriverClassName("org.postgresql.Driver");
    config.setJdbcUrl(address.jdbcUrl());
    address.login(settings.longestSilence()).forEach(config::addDataSourceProperty);
    config.setMaximumPoolSize(settings.poolSize());
    config.setMinimumIdle(Math.min(settings.poolSize(), FEWEST_IDLE));
    config.setConnectionTimeout(settings.poolTimeout().toMillis());
    config.setValidationTimeout(Math.min(VALIDATION.toMillis(), settings.poolTimeout().toMillis()));
    config.setMaxLifetime(LONGEST_LIFE.toMillis());
    config.setIdleTimeout(LONGEST_IDLE.toMillis());
    config.setInitializationFailTimeout(-1);
    config.setMetricsTrackerFactory(new WatchedPool.Acquisitions());
    return new HikariDataSource(config);
  }
}
