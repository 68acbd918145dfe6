package dev.tenet.application.evaluation;

import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/// How long one computes at a stretch while others wait for the same carrier thread: a virtual thread that does nothing but
/// compute would never leave it. Confined to one thread, which closes it when it is done; then it may be used again.
///
/// Whoever has used up a slice computes on in turns, and at most as many as there are carriers have one. After each slice they
/// sleep, so that no queue of the scheduler holds all of them: it empties one queue before it looks at another, and those that
/// only yield would keep theirs filled for as long as they compute.
public final class TimeSlice implements AutoCloseable {

  private static final long NANOS = 1_000_000;
  private static final Semaphore TURNS = new Semaphore(carriers(), true);

  private boolean begun;
  private long end;
  private long paused;
  private boolean takesTurns;
  private boolean hasTurn;

  private static int carriers() {
    return Integer.getInteger(
        "jdk.virtualThreadScheduler.parallelism", Runtime.getRuntime().availableProcessors());
  }

  /// Lets those who wait go first, if the slice is used up; then the next one begins. The first begins when this is called for
  /// the first time.
  ///
  /// @param now as `System.nanoTime()` gives it
  /// @return the nanoseconds for which others went first
  public long giveWay(long now) {
    if (!begun) {
      begun = true;
      end = now + NANOS;
    }
    if (now - end < 0) {
      return 0;
    }
    LockSupport.parkNanos(1);
    takesTurns = true;
    leave();
    take();
    long then = System.nanoTime();
    end = then + NANOS;
    return then - now;
  }

  /// Stops computing, to wait for a client: others may have the turn, and the slice does not go on.
  public void pause() {
    leave();
    paused = System.nanoTime();
  }

  /// Goes on computing after a pause; those who wait go first if the slice was used up.
  public void resume() {
    long now = System.nanoTime();
    end += now - paused;
    take();
    giveWay(now);
  }

  @Override
  public void close() {
    leave();
    begun = false;
    takesTurns = false;
  }

  private void take() {
    if (takesTurns && !hasTurn) {
      TURNS.acquireUninterruptibly();
      hasTurn = true;
    }
  }

  private void leave() {
    if (hasTurn) {
      hasTurn = false;
      TURNS.release();
    }
  }
}
