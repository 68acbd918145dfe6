package dev.tenet.application.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tenet.application.identity.ApiKeyStore.StoredKey;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.domain.identity.ApiKey;
import dev.tenet.domain.identity.KeyHash;
import dev.tenet.domain.identity.KeySecret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// Says of each key that is presented whether it is good, mostly from memory.
///
/// What is known of a key counts for [#FRESH]; a key that is used all the time is looked up in the background before that.
/// While the store is away, keys in memory go on being judged by what was known, for [#OUTAGE]. Keys that nobody issued are
/// remembered apart, so that a flood of them displaces no other, and look-ups of keys that are not in memory take turns.
public final class KnownKeys {

  /// How long a key that another node revoked may still be good here.
  public static final Duration FRESH = Duration.ofSeconds(10);

  /// How long what was known of a key counts while the store is away.
  public static final Duration OUTAGE = Duration.ofMinutes(10);

  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(5);
  private static final Duration LONGEST_TURN = Duration.ofSeconds(2);
  private static final int MOST_KNOWN = 10_000;
  private static final int MOST_UNKNOWN = 10_000;
  private static final int LOOK_UPS_AT_ONCE = 4;

  /// What is said of a key.
  public sealed interface Verdict {
    /// It is good.
    record Good(ApiKey key) implements Verdict {}

    /// It was good.
    record Expired() implements Verdict {}

    /// Nobody issued it, or it was revoked.
    record Bad() implements Verdict {}
  }

  private final ApiKeyStore keys;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final Executor background;
  private final KeyUses uses;
  private final Cache<String, Slot> slots;
  private final Cache<String, Boolean> unknown;
  private final Semaphore turns = new Semaphore(LOOK_UPS_AT_ONCE);
  private final AtomicLong forgotten = new AtomicLong();
  private final AtomicLong nextTry = new AtomicLong();
  private volatile boolean away;

  /// @param nanos a clock as `System.nanoTime()` is one
  /// @param background runs what no request waits for
  public KnownKeys(ApiKeyStore keys, InstantSource clock, LongSupplier nanos, Executor background) {
    this.keys = keys;
    this.clock = clock;
    this.nanos = nanos;
    this.background = background;
    uses = new KeyUses(keys, background);
    slots = Caffeine.newBuilder().maximumSize(MOST_KNOWN).executor(Runnable::run).build();
    unknown =
        Caffeine.newBuilder()
            .maximumSize(MOST_UNKNOWN)
            .expireAfterWrite(FRESH)
            .executor(Runnable::run)
            .ticker(nanos::getAsLong)
            .build();
  }

  /// {@return whether the key is good}
  ///
  /// A key with an unknown prefix is compared, too, with what no key has: it takes the same way.
  ///
  /// @throws StoreUnavailable when the key is not in memory, and the store does not answer
  public Verdict judge(KeySecret presented) {
    Slot slot = slots.getIfPresent(presented.prefix());
    Optional<StoredKey> stored = slot == null ? lookUp(presented.prefix()) : slot.present();
    boolean same = stored.map(StoredKey::hash).orElse(KeyHash.NOBODYS).matches(presented.hash());
    Optional<ApiKey> key =
        stored.map(StoredKey::key).filter(issued -> same && issued.revokedAt().isEmpty());
    if (key.isEmpty()) {
      return new Verdict.Bad();
    }
    Instant now = clock.instant();
    if (key.get().isExpired(now)) {
      return new Verdict.Expired();
    }
    uses.note(key.get(), now);
    return new Verdict.Good(key.get());
  }

  /// Forgets a key, so that it is looked up before it is good again.
  public void forget(ApiKey key) {
    forgotten.incrementAndGet();
    slots.invalidate(key.prefix());
  }

  private Optional<StoredKey> lookUp(String prefix) {
    if (unknown.getIfPresent(prefix) != null) {
      return Optional.empty();
    }
    requireTry();
    long before = forgotten.get();
    Optional<StoredKey> stored = inTurn(prefix);
    if (stored.isEmpty()) {
      unknown.put(prefix, true);
      return stored;
    }
    slots.put(prefix, new Slot(prefix, stored, nanos.getAsLong()));
    if (forgotten.get() != before) {
      // It may have been read before it was revoked, and kept after it was forgotten.
      slots.invalidate(prefix);
    }
    return stored;
  }

  private Optional<StoredKey> inTurn(String prefix) {
    try {
      if (!turns.tryAcquire(LONGEST_TURN.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new StoreUnavailable("Too many keys that are not in memory are being looked up.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailable("Looking up a key was interrupted.", e);
    }
    try {
      return ask(prefix);
    } finally {
      turns.release();
    }
  }

  private Optional<StoredKey> ask(String prefix) {
    try {
      Optional<StoredKey> stored = keys.byPrefix(prefix);
      away = false;
      return stored;
    } catch (StoreUnavailable e) {
      nextTry.set(nanos.getAsLong() + BETWEEN_TRIES.toNanos());
      away = true;
      throw e;
    }
  }

  /// While the store is away one asks it, now and then, and the others do not wait in vain.
  private void requireTry() {
    if (away && !mayTry()) {
      throw new StoreUnavailable("The keys are kept where nobody answers.");
    }
  }

  private boolean mayTry() {
    long next = nextTry.get();
    long now = nanos.getAsLong();
    return now - next >= 0 && nextTry.compareAndSet(next, now + BETWEEN_TRIES.toNanos());
  }

  /// What is known of one prefix.
  private final class Slot {

    private record Known(Optional<StoredKey> stored, long at) {}

    private final String prefix;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicBoolean renewing = new AtomicBoolean();
    private volatile Known known;

    Slot(String prefix, Optional<StoredKey> stored, long at) {
      this.prefix = prefix;
      this.known = new Known(stored, at);
    }

    private boolean isYounger(Duration age) {
      return nanos.getAsLong() - known.at < age.toNanos();
    }

    Optional<StoredKey> present() {
      if (isYounger(SOON)) {
        return known.stored;
      }
      if (away && isYounger(OUTAGE)) {
        if (mayTry()) {
          renewSoon();
        }
        return known.stored;
      }
      if (isYounger(FRESH)) {
        renewSoon();
        return known.stored;
      }
      return renewed();
    }

    private void renewSoon() {
      if (renewing.compareAndSet(false, true)) {
        background.execute(
            () -> {
              try {
                renew();
              } catch (StoreUnavailable e) {
                // Whoever comes next finds that the store is away.
              } finally {
                renewing.set(false);
              }
            });
      }
    }

    /// One asks for all who wait.
    private Optional<StoredKey> renewed() {
      lock.lock();
      try {
        if (!isYounger(FRESH) && !(away && isYounger(OUTAGE))) {
          requireTry();
          renew();
        }
      } catch (StoreUnavailable e) {
        if (!isYounger(OUTAGE)) {
          throw e;
        }
      } finally {
        lock.unlock();
      }
      return known.stored;
    }

    private void renew() {
      long asked = nanos.getAsLong();
      known = new Known(ask(prefix), asked);
    }
  }
}
