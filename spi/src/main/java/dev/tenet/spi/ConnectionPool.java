package dev.tenet.spi;

import java.time.Duration;

/// A pool of connections of a store, for those who watch it.
public interface ConnectionPool {

  /// How a pool is used.
  ///
  /// @param open how many connections are open
  /// @param inUse how many of these somebody works with
  /// @param idle how many of these nobody works with
  /// @param waiting how many wait for one
  /// @param most how many may be open at a time
  record Usage(int open, int inUse, int idle, int waiting, int most) {}

  /// How those who wanted a connection fared since the store was opened.
  ///
  /// @param times how many got one
  /// @param total how long they waited for it in all
  /// @param timeouts how many gave up
  record Waits(long times, Duration total, long timeouts) {}

  /// {@return its name, in metrics and logs}
  String name();

  /// {@return how it is used now}
  Usage usage();

  /// {@return how those who wanted a connection fared}
  Waits waits();
}
