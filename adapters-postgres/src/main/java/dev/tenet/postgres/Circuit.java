package dev.tenet.postgres;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Remembers that something is away, so that not everybody waits for it in vain: for a few seconds nobody tries, then one
/// does, and so on until it is back.
final class Circuit {

  /// How long nobody tries.
  static final Duration PAUSE = Duration.ofSeconds(5);

  private final LongSupplier nanos;
  private final AtomicBoolean open = new AtomicBoolean();
  private final AtomicLong nextTry = new AtomicLong();

  /// @param nanos a clock as `System.nanoTime()` is one
  Circuit(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /// {@return whether the caller may try; the answer binds it to call `close` or `open` afterwards, or nobody tries before
  /// the next pause is over}
  boolean mayTry() {
    if (!open.get()) {
      return true;
    }
    long next = nextTry.get();
    long now = nanos.getAsLong();
    return now - next >= 0 && nextTry.compareAndSet(next, now + PAUSE.toNanos());
  }

  /// It is away.
  ///
  /// @return whether this is news
  boolean open() {
    nextTry.set(nanos.getAsLong() + PAUSE.toNanos());
    return open.compareAndSet(false, true);
  }

  /// It is there.
  ///
  /// @return whether this is news
  boolean close() {
    return open.compareAndSet(true, false);
  }
}
