package dev.tenet.cel.plan;

import dev.tenet.application.evaluation.TimeSlice;
import java.time.Duration;

/// The time that a decision may take. Whoever looks at it lets others compute once in a while; what they take does not count.
/// Confined to one thread at a time.
public final class TimeLimit {

  private TimeSlice slice = new TimeSlice();
  private long deadline;

  /// {@return a limit that begins now}
  public static TimeLimit of(Duration within) {
    var limit = new TimeLimit();
    limit.begin(within, new TimeSlice());
    return limit;
  }

  /// Begins anew.
  ///
  /// @param computing of whoever decides
  public void begin(Duration within, TimeSlice computing) {
    slice = computing;
    long now = System.nanoTime();
    deadline = now + slice.giveWay(now) + within.toNanos();
  }

  /// {@return the moment of `System.nanoTime()` at which the decision must have ended}
  public long deadline() {
    return deadline;
  }

  /// {@return whether the decision has taken longer than it may}
  public boolean isOver() {
    long now = System.nanoTime();
    deadline += slice.giveWay(now);
    return now - deadline > 0;
  }
}
