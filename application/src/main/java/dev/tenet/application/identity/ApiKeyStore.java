package dev.tenet.application.identity;

import dev.tenet.application.reading.Age;
import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.domain.identity.ApiKey;
import dev.tenet.domain.identity.ApiKeyId;
import dev.tenet.domain.identity.KeyHash;
import dev.tenet.domain.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Keeps what is known of API keys, never the keys themselves. [TenantId#PLATFORM] owns the keys of the platform.
///
/// Every method may throw [dev.tenet.application.store.StoreUnavailable]; then it did nothing, except that an `add` or a
/// `revoke` whose outcome is not known may have happened.
public interface ApiKeyStore {

  /// How long the moment of the last use stays as it is, though the key is used again.
  Duration USE_PRECISION = Duration.ofMinutes(1);

  /// A key as it is kept.
  ///
  /// @param hash of the whole key
  record StoredKey(ApiKey key, KeyHash hash) {}

  /// What adding gives.
  sealed interface AddResult {
    /// The key is stored.
    record Added() implements AddResult {}

    /// Another key has the same prefix; nothing is stored.
    record PrefixTaken() implements AddResult {}

    /// The owner has as many keys that are not revoked as it may have; nothing is stored.
    record TooMany() implements AddResult {}
  }

  /// Stores a new key.
  ///
  /// @param most how many keys that are not revoked its owner may have with it
  AddResult add(StoredKey key, int most);

  /// Stores the first key of the platform. Of several nodes that call this at once, one succeeds.
  ///
  /// @return false when the platform has, or ever had, another key; nothing is stored then
  boolean addFirst(StoredKey key);

  /// {@return the key with this prefix, be it expired or revoked}
  Optional<StoredKey> byPrefix(String prefix);

  /// {@return the owner's key with this id, be it expired or revoked}
  Optional<ApiKey> find(TenantId owner, ApiKeyId key);

  /// {@return a page of the owner's keys, newest first, expired and revoked ones among them}
  Page<ApiKey, Age> list(TenantId owner, PageRequest<Age> page);

  /// Revokes the owner's key. One that was revoked before stays revoked from then.
  ///
  /// @return the key, revoked; empty when the owner has no such key
  Optional<ApiKey> revoke(TenantId owner, ApiKeyId key, Instant at);

  /// Revokes all keys of the owner.
  void revokeAll(TenantId owner, Instant at);

  /// Notes when keys were used last, each at most once in [#USE_PRECISION]; what comes earlier is passed over.
  void used(Map<ApiKeyId, Instant> uses);
}
