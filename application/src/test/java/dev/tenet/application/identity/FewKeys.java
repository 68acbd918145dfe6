package dev.tenet.application.identity;

import dev.tenet.application.reading.Age;
import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.domain.identity.ApiKey;
import dev.tenet.domain.identity.ApiKeyId;
import dev.tenet.domain.tenant.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A few keys in a store that counts how often it is asked, and can be away.
final class FewKeys implements ApiKeyStore {

  private final Map<String, StoredKey> byPrefix = new HashMap<>();
  private final List<Map<ApiKeyId, Instant>> uses = new ArrayList<>();
  private int lookUps;
  private boolean away;
  private Runnable meanwhile = () -> {};

  FewKeys put(StoredKey key) {
    byPrefix.put(key.key().prefix(), key);
    return this;
  }

  void away(boolean now) {
    away = now;
  }

  /// Lets something happen once between a look and its answer.
  void whileLookingUp(Runnable once) {
    meanwhile = once;
  }

  /// {@return how often somebody looked for a key}
  int lookUps() {
    return lookUps;
  }

  /// {@return what was noted of uses, in the order of the notes}
  List<Map<ApiKeyId, Instant>> uses() {
    return uses;
  }

  private void answer() {
    if (away) {
      throw new StoreUnavailable("away");
    }
  }

  @Override
  public Optional<StoredKey> byPrefix(String prefix) {
    lookUps++;
    answer();
    Optional<StoredKey> found = Optional.ofNullable(byPrefix.get(prefix));
    Runnable happening = meanwhile;
    meanwhile = () -> {};
    happening.run();
    return found;
  }

  @Override
  public void used(Map<ApiKeyId, Instant> used) {
    answer();
    uses.add(used);
  }

  @Override
  public Optional<ApiKey> revoke(TenantId owner, ApiKeyId key, Instant at) {
    answer();
    return byPrefix.values().stream()
        .filter(stored -> stored.key().owner().equals(owner) && stored.key().id().equals(key))
        .findFirst()
        .map(
            stored -> {
              put(new StoredKey(stored.key().revoke(at), stored.hash()));
              return stored.key().revoke(at);
            });
  }

  @Override
  public AddResult add(StoredKey key, int most) {
    if (byPrefix.size() >= most) {
      return new AddResult.TooMany();
    }
    put(key);
    return new AddResult.Added();
  }

  @Override
  public boolean addFirst(StoredKey key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<ApiKey> find(TenantId owner, ApiKeyId key) {
    answer();
    return byPrefix.values().stream()
        .map(StoredKey::key)
        .filter(stored -> stored.owner().equals(owner) && stored.id().equals(key))
        .findFirst();
  }

  @Override
  public Page<ApiKey, Age> list(TenantId owner, PageRequest<Age> page) {
    return Page.newestFirst(
        byPrefix.values().stream()
            .map(StoredKey::key)
            .filter(key -> key.owner().equals(owner))
            .toList(),
        page,
        Age::of);
  }

  @Override
  public void revokeAll(TenantId owner, Instant at) {
    answer();
    for (StoredKey stored : List.copyOf(byPrefix.values())) {
      if (stored.key().owner().equals(owner)) {
        put(new StoredKey(stored.key().revoke(at), stored.hash()));
      }
    }
  }
}
