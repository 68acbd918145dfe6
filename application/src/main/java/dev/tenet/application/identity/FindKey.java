package dev.tenet.application.identity;

import dev.tenet.domain.identity.ApiKey;
import dev.tenet.domain.identity.ApiKeyId;
import dev.tenet.domain.identity.Principal;
import dev.tenet.domain.tenant.TenantId;
import java.util.Optional;

/// Finds a key by its id.
public final class FindKey {

  private final ApiKeyStore keys;

  public FindKey(ApiKeyStore keys) {
    this.keys = keys;
  }

  /// What looking for a key gives.
  public sealed interface Result {
    /// It is there, be it expired or revoked.
    record Found(ApiKey key) implements Result {}

    /// The owner has no such key, or it is none of the reader's business, which looks the same.
    record NotFound() implements Result {}
  }

  /// {@return the owner's key}
  public Result find(TenantId owner, ApiKeyId key, Principal reader) {
    Optional<ApiKey> found =
        Ownership.mayManage(reader, owner) ? keys.find(owner, key) : Optional.empty();
    return found.<Result>map(Result.Found::new).orElseGet(Result.NotFound::new);
  }
}
