package dev.tenet.wasm;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/// One thread that ends what runs too long, and drops instances that nobody needs.
final class Watchdog implements AutoCloseable {

  /// It looks so often while anything happened lately, so that it need not be woken for each call.
  private static final long LOOK_NANOS = 10_000_000;

  /// After so many looks at nothing it sleeps until it is woken.
  private static final int LOOKS_AT_NOTHING = 100;

  private final List<GuestThread> threads = new CopyOnWriteArrayList<>();
  private final IdleInstances idle;
  private final Thread thread;

  /// In ticks. Whoever wants it to look earlier wakes it.
  private volatile long looks = Long.MAX_VALUE;

  private volatile boolean closed;

  Watchdog(IdleInstances idle) {
    this.idle = idle;
    thread = Thread.ofPlatform().daemon().name("tenet-guest-watchdog").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  void add(GuestThread guests) {
    threads.add(guests);
  }

  void remove(GuestThread guests) {
    threads.remove(guests);
  }

  /// Sees to it that what a thread does is done by then.
  ///
  /// @param deadline in ticks, already set in the thread
  void watch(long deadline) {
    if (deadline < looks) {
      LockSupport.unpark(thread);
    }
  }

  private void run() {
    int nothing = 0;
    while (!closed) {
      // Before looking: who sets a deadline that is overlooked wakes this thread.
      looks = Long.MAX_VALUE;
      long now = Ticks.now();
      long next = Long.MAX_VALUE;
      for (GuestThread guests : threads) {
        long deadline = guests.watched();
        if (deadline != 0 && deadline <= now) {
          guests.expire(deadline);
        } else if (deadline != 0) {
          next = Math.min(next, deadline);
        }
      }
      boolean kept = idle.sweep(now);
      nothing = next == Long.MAX_VALUE ? nothing + 1 : 0;
      if (nothing < LOOKS_AT_NOTHING) {
        next = Math.min(next, now + LOOK_NANOS);
      } else if (kept) {
        next = Math.min(next, now + LOOK_NANOS * LOOKS_AT_NOTHING);
      }
      looks = next;
      if (next == Long.MAX_VALUE) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, Math.max(1, next - Ticks.now()));
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    Threads.join(thread);
  }
}
