package dev.tenet.postgres;

import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.domain.evaluation.Durations;
import java.time.Duration;
import java.util.Map;

/// How connections are pooled, and the limits of all waiting for a database.
///
/// @param poolSize the most connections for requests
/// @param poolTimeout how long a request waits for a connection before the database counts as away
/// @param statementTimeout how long one statement may take
/// @param lockTimeout how long a statement may wait for a lock
record ConnectionSettings(
    int poolSize, Duration poolTimeout, Duration statementTimeout, Duration lockTimeout) {

  /// What holds when nothing is said.
  static final ConnectionSettings DEFAULT =
      new ConnectionSettings(
          20, Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofSeconds(5));

  private static final int LARGEST_POOL = 1_000;

  /// A pool refuses shorter ones.
  private static final Duration SHORTEST_POOL_TIMEOUT = Duration.ofMillis(250);

  private static final Duration REPLICA_POOL_TIMEOUT = Duration.ofMillis(500);
  private static final Duration SHORTEST_LIMIT = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  /// How much longer than the server an answer waits for the network.
  private static final Duration NETWORK = Duration.ofSeconds(5);

  /// @throws IllegalArgumentException with a message for the operator
  static ConnectionSettings read(Map<String, String> settings) {
    return new ConnectionSettings(
        poolSize(settings),
        duration(settings, "DATABASE_POOL_TIMEOUT", DEFAULT.poolTimeout, SHORTEST_POOL_TIMEOUT),
        duration(settings, "DATABASE_STATEMENT_TIMEOUT", DEFAULT.statementTimeout, SHORTEST_LIMIT),
        duration(settings, "DATABASE_LOCK_TIMEOUT", DEFAULT.lockTimeout, SHORTEST_LIMIT));
  }

  private static int poolSize(Map<String, String> settings) {
    String text = settings.getOrDefault("DATABASE_POOL_SIZE", "").strip();
    if (text.isEmpty()) {
      return DEFAULT.poolSize;
    }
    try {
      int size = Integer.parseInt(text);
      if (size >= 1 && size <= LARGEST_POOL) {
        return size;
      }
    } catch (NumberFormatException notANumber) {
      // the same message as for a number out of range
    }
    throw new IllegalArgumentException(
        "DATABASE_POOL_SIZE must be a number from 1 to %d, not %s."
            .formatted(LARGEST_POOL, Quoted.text(text)));
  }

  private static Duration duration(
      Map<String, String> settings, String name, Duration fallback, Duration shortest) {
    String text = settings.getOrDefault(name, "").strip();
    if (text.isEmpty()) {
      return fallback;
    }
    return Durations.parse(text)
        .filter(given -> given.compareTo(shortest) >= 0 && given.compareTo(LONGEST) <= 0)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s must be a duration from %dms to 1h, written like 500ms, 2s or 1m30s, not %s."
                        .formatted(name, shortest.toMillis(), Quoted.text(text))));
  }

  /// {@return the settings for a replica, for which nobody waits long: the primary is there, too}
  ConnectionSettings forReplica() {
    return new ConnectionSettings(
        poolSize,
        poolTimeout.compareTo(REPLICA_POOL_TIMEOUT) < 0 ? poolTimeout : REPLICA_POOL_TIMEOUT,
        statementTimeout,
        lockTimeout);
  }

  ConnectionSettings withPoolSize(int size) {
    return new ConnectionSettings(size, poolTimeout, statementTimeout, lockTimeout);
  }

  /// {@return after which silence a connection counts as broken: the server has given up any statement before}
  Duration longestSilence() {
    return statementTimeout.plus(NETWORK);
  }
}
