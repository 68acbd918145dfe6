package dev.tenet.cel.plan;

import dev.tenet.application.evaluation.TimeSlice;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The time that a decision may take. Whoever looks at it lets others compute once in a while; what they take does not count.
/// Confined to one thread at a time.
public final class TimeLimit {

  private @Nullable TimeSlice slice;
  private long deadline;

  /// {@return a limit that begins now, of work so small that it lets nobody else go first}
  public static TimeLimit of(Duration within) {
    var limit = new TimeLimit();
    limit.deadline = System.nanoTime() + within.toNanos();
    return limit;
  }

  /// Begins anew.
  ///
  /// @param computing of whoever decides, who closes it
  public void begin(Duration within, TimeSlice computing) {
    slice = computing;
    long now = System.nanoTime();
    deadline = now + computing.giveWay(now) + within.toNanos();
  }

  /// {@return the moment of `System.nanoTime()` at which the decision must have ended}
  public long deadline() {
    return deadline;
  }

  /// {@return whether the decision has taken longer than it may}
  public boolean isOver() {
    long now = System.nanoTime();
    if (slice != null) {
      deadline += slice.giveWay(now);
    }
    return now - deadline > 0;
  }
}
