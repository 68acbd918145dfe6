package dev.tenet.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;

/// Opens pools of connections. Nobody waits for a connection without a deadline.
final class ConnectionPools {

  /// How long to wait for a connection before the database counts as away.
  private static final Duration WAIT = Duration.ofSeconds(3);

  private static final Duration VALIDATION = Duration.ofSeconds(2);
  private static final Duration LONGEST_LIFE = Duration.ofMinutes(30);
  private static final Duration LONGEST_IDLE = Duration.ofMinutes(10);

  private ConnectionPools() {}

  /// {@return a pool that opens connections as they are needed}
  ///
  /// @param name in thread names and logs
  /// @param size the most connections
  static HikariDataSource open(String name, DatabaseAddress address, int size) {
    var config = new HikariConfig();
    config.setPoolName(name);
    config.setDriverClassName("org.postgresql.Driver");
    config.setJdbcUrl(address.jdbcUrl());
    address.properties().forEach(config::addDataSourceProperty);
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(Math.min(size, 2));
    config.setConnectionTimeout(WAIT.toMillis());
    config.setValidationTimeout(VALIDATION.toMillis());
    config.setMaxLifetime(LONGEST_LIFE.toMillis());
    config.setIdleTimeout(LONGEST_IDLE.toMillis());
    config.setInitializationFailTimeout(-1);
    return new HikariDataSource(config);
  }
}
