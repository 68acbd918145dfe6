package dev.tenet.bootstrap.wiring;

import dev.tenet.application.identity.IdSource;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/// Makes UUIDs of version 7 (RFC 9562, section 5.7): they sort by the time they were made, those of one process strictly,
/// also within a millisecond and when the clock is set back (section 6.2, method 1, a counter of 12 bits that carries
/// over into the time).
///
/// The 62 bits behind the counter are a hash of time and counter with a secret of the process, which is cheaper than a
/// random number for every decision and no less distinct.
public final class TimeOrderedIds implements IdSource {

  private static final int COUNTER_BITS = 12;
  private static final long COUNTER = (1L << COUNTER_BITS) - 1;
  private static final long VERSION_7 = 0x7000L;
  private static final long VARIANT = 0x8000000000000000L;
  private static final int VARIANT_BITS = 2;

  private final InstantSource clock;
  private final long secret;
  private final AtomicLong last = new AtomicLong();

  public TimeOrderedIds(InstantSource clock) {
    this(clock, new SecureRandom().nextLong());
  }

  TimeOrderedIds(InstantSource clock, long secret) {
    this.clock = clock;
    this.secret = secret;
  }

  @Override
  public UUID next() {
    long now = clock.millis() << COUNTER_BITS;
    long tick = last.updateAndGet(previous -> Math.max(previous + 1, now));
    long high = (tick & ~COUNTER) << (Long.SIZE - 48 - COUNTER_BITS) | VERSION_7 | (tick & COUNTER);
    return new UUID(high, VARIANT | (mix(tick ^ secret) >>> VARIANT_BITS));
  }

  /// The finaliser of SplitMix64 (Steele, Lea, Flood 2014), applied with the secret twice.
  private long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    z = (z ^ (z >>> 31)) + secret;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
