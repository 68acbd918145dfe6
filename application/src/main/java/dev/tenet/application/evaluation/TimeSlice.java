package dev.tenet.application.evaluation;

/// How long one computes at a stretch while others wait for the same carrier thread: a virtual thread that does nothing but
/// compute would never leave it. Confined to one thread.
public final class TimeSlice {

  private static final long NANOS = 1_000_000;

  private long end = System.nanoTime() + NANOS;

  /// Begins anew.
  ///
  /// @param now as `System.nanoTime()` gives it
  public void begin(long now) {
    end = now + NANOS;
  }

  /// Lets those who wait go first, if the slice is used up; then the next one begins.
  ///
  /// @param now as `System.nanoTime()` gives it
  /// @return the nanoseconds for which others went first
  @SuppressWarnings("ThreadPriorityCheck") // correct without it, only less fair
  public long giveWay(long now) {
    if (now - end < 0) {
      return 0;
    }
    Thread.yield();
    long then = System.nanoTime();
    begin(then);
    return then - now;
  }
}
