package dev.tenet.application.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.domain.identity.ApiKey;
import dev.tenet.domain.identity.ApiKeyId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Notes when keys were used last. No request waits for the store; what it does not take is dropped, and noted again a minute
/// later.
final class KeyUses {

  private static final int MOST_REMEMBERED = 10_000;

  private final ApiKeyStore keys;
  private final Executor background;

  /// When each key was noted last.
  private final Cache<ApiKeyId, Instant> noted =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).executor(Runnable::run).build();

  private final Map<ApiKeyId, Instant> pending = new ConcurrentHashMap<>();
  private final AtomicBoolean storing = new AtomicBoolean();

  KeyUses(ApiKeyStore keys, Executor background) {
    this.keys = keys;
    this.background = background;
  }

  void note(ApiKey key, Instant now) {
    Instant last = noted.getIfPresent(key.id());
    boolean due = isDue(last, now) && isDue(key.lastUsedAt().orElse(null), now);
    boolean first =
        due
            && (last == null
                ? noted.asMap().putIfAbsent(key.id(), now) == null
                : noted.asMap().replace(key.id(), last, now));
    if (first) {
      pending.put(key.id(), now.truncatedTo(ChronoUnit.MICROS));
      storeSoon();
    }
  }

  private static boolean isDue(@Nullable Instant last, Instant now) {
    return last == null || !now.isBefore(last.plus(ApiKeyStore.USE_PRECISION));
  }

  private void storeSoon() {
    if (storing.compareAndSet(false, true)) {
      background.execute(this::store);
    }
  }

  private void store() {
    try {
      Map<ApiKeyId, Instant> taken = new HashMap<>();
      for (ApiKeyId id : Set.copyOf(pending.keySet())) {
        Instant at = pending.remove(id);
        if (at != null) {
          taken.put(id, at);
        }
      }
      keys.used(taken);
    } catch (StoreUnavailable e) {
      // A use more or less is not worth a line in the log.
    } finally {
      storing.set(false);
    }
    if (!pending.isEmpty()) {
      storeSoon();
    }
  }
}
