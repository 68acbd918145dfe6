package dev.tenet.benchmark.run;

import java.time.Duration;

/// How long measuring takes.
///
/// @param forks how many processes measure each value, one after the other; 0 for this process, which only a test wants
/// @param warmUps how many iterations are not counted
/// @param iterations how many are
/// @param iteration how long one is
/// @param coldShots how many single shots of what is slow are not counted
/// @param shots how many are
/// @param http what is measured of the server
public record Effort(
    int forks,
    int warmUps,
    int iterations,
    Duration iteration,
    int coldShots,
    int shots,
    Http http) {

  /// What is measured of the server.
  ///
  /// @param warmUp for each endpoint
  /// @param rounds how often each endpoint gets its turn
  /// @param turn how long one is
  public record Http(Duration warmUp, int rounds, Duration turn) {}

  /// So short that turns that are compared meet the same weather on a machine that others use, too.
  private static final Duration TURN = Duration.ofMillis(200);

  /// A few minutes for the targets.
  public static final Effort SHORT =
      new Effort(1, 6, 9, Duration.ofMillis(150), 1, 2, new Http(Duration.ofSeconds(10), 21, TURN));

  /// Longer, for figures that are published.
  public static final Effort LONG =
      new Effort(
          1, 8, 12, Duration.ofMillis(300), 2, 3, new Http(Duration.ofSeconds(20), 75, TURN));
}
