package dev.tenet.inmemory;

import dev.tenet.application.identity.ApiKeyStore;
import dev.tenet.application.reading.Age;
import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.domain.identity.ApiKey;
import dev.tenet.domain.identity.ApiKeyId;
import dev.tenet.domain.tenant.TenantId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Keeps what is known of API keys in memory.
public final class InMemoryApiKeyStore implements ApiKeyStore {

  /// By their prefixes; guarded by itself.
  private final Map<String, StoredKey> stored = new HashMap<>();

  @Override
  public AddResult add(StoredKey key, int most) {
    synchronized (stored) {
      if (stored.containsKey(key.key().prefix())) {
        return new AddResult.PrefixTaken();
      }
      long valid =
          stored.values().stream()
              .map(StoredKey::key)
              .filter(other -> other.owner().equals(key.key().owner()))
              .filter(other -> other.revokedAt().isEmpty())
              .count();
      if (valid >= most) {
        return new AddResult.TooMany();
      }
      stored.put(key.key().prefix(), key);
      return new AddResult.Added();
    }
  }

  @Override
  public boolean addFirst(StoredKey key) {
    synchronized (stored) {
      boolean first = stored.values().stream().noneMatch(other -> other.key().tenant().isEmpty());
      if (first) {
        stored.put(key.key().prefix(), key);
      }
      return first;
    }
  }

  @Override
  public Optional<StoredKey> byPrefix(String prefix) {
    synchronized (stored) {
      return Optional.ofNullable(stored.get(prefix));
    }
  }

  @Override
  public Optional<ApiKey> find(TenantId owner, ApiKeyId key) {
    synchronized (stored) {
      return stored.values().stream()
          .map(StoredKey::key)
          .filter(found -> found.owner().equals(owner) && found.id().equals(key))
          .findFirst();
    }
  }

  @Override
  public Page<ApiKey, Age> list(TenantId owner, PageRequest<Age> page) {
    synchronized (stored) {
      return Page.newestFirst(
          stored.values().stream()
              .map(StoredKey::key)
              .filter(key -> key.owner().equals(owner))
              .toList(),
          page,
          Age::of);
    }
  }

  @Override
  public Optional<ApiKey> revoke(TenantId owner, ApiKeyId key, Instant at) {
    synchronized (stored) {
      return find(owner, key).map(found -> replace(found, old -> old.revoke(at)));
    }
  }

  @Override
  public void revokeAll(TenantId owner, Instant at) {
    synchronized (stored) {
      stored.replaceAll(
          (prefix, kept) ->
              kept.key().owner().equals(owner)
                  ? new StoredKey(kept.key().revoke(at), kept.hash())
                  : kept);
    }
  }

  @Override
  public void used(Map<ApiKeyId, Instant> uses) {
    synchronized (stored) {
      stored.replaceAll(
          (prefix, kept) -> {
            Instant at = uses.get(kept.key().id());
            return at == null || !isDue(kept.key(), at)
                ? kept
                : new StoredKey(kept.key().use(at), kept.hash());
          });
    }
  }

  private static boolean isDue(ApiKey key, Instant at) {
    return key.lastUsedAt().map(last -> !at.isBefore(last.plus(USE_PRECISION))).orElse(true);
  }

  private ApiKey replace(ApiKey key, UnaryOperator<ApiKey> change) {
    ApiKey changed = change.apply(key);
    stored.computeIfPresent(key.prefix(), (prefix, kept) -> new StoredKey(changed, kept.hash()));
    return changed;
  }
}
