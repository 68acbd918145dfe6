package dev.tenet.domain.governance;

import static java.util.Objects.requireNonNull;

/// Which decisions of a tenant are kept, how surely and for how long.
///
/// @param mode which are kept
/// @param rate which share of them when they are sampled, from 0 to 1
/// @param delivery how surely
/// @param retentionDays for how many days
public record DecisionLogging(Mode mode, double rate, Delivery delivery, int retentionDays) {

  /// The longest that decisions are kept, in days.
  public static final int LONGEST_RETENTION = 3_650;

  /// Which decisions are kept.
  public enum Mode {
    OFF,
    SAMPLED,
    ALL
  }

  /// How surely decisions are kept.
  public enum Delivery {
    /// A decision is answered when it is kept, and not at all when it cannot be.
    DURABLE,
    /// A decision is answered at once; when too many come, some are not kept, and how many is.
    BEST_EFFORT
  }

  /// Nothing is kept.
  public static final DecisionLogging OFF =
      new DecisionLogging(Mode.OFF, 1, Delivery.BEST_EFFORT, 30);

  public DecisionLogging {
    requireNonNull(mode);
    requireNonNull(delivery);
    if (!(rate >= 0 && rate <= 1)) {
      throw new IllegalArgumentException("a rate is from 0 to 1, not " + rate);
    }
    if (retentionDays < 1 || retentionDays > LONGEST_RETENTION) {
      throw new IllegalArgumentException("not a number of days to keep: " + retentionDays);
    }
  }
}
