package dev.tenet.application.identity;

import dev.tenet.domain.identity.ApiKey;
import dev.tenet.domain.identity.ApiKeyId;
import dev.tenet.domain.identity.Principal;
import dev.tenet.domain.tenant.TenantId;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;

/// Revokes a key: on this node at once, on others as soon as they look again.
public final class RevokeKey {

  private final ApiKeyStore keys;
  private final Consumer<ApiKey> told;
  private final InstantSource clock;

  /// @param told is told of each key that is revoked
  public RevokeKey(ApiKeyStore keys, Consumer<ApiKey> told, InstantSource clock) {
    this.keys = keys;
    this.told = told;
    this.clock = clock;
  }

  /// What revoking a key gives.
  public sealed interface Result {
    /// It is revoked, be it since earlier.
    record Revoked(ApiKey key) implements Result {}

    /// The owner has no such key, or it is none of the revoker's business, which looks the same.
    record NotFound() implements Result {}
  }

  /// Revokes the owner's key.
  public Result revoke(TenantId owner, ApiKeyId key, Principal revoker) {
    Optional<ApiKey> revoked =
        Ownership.mayManage(revoker, owner)
            ? keys.revoke(owner, key, clock.instant().truncatedTo(ChronoUnit.MICROS))
            : Optional.empty();
    revoked.ifPresent(told);
    return revoked.<Result>map(Result.Revoked::new).orElseGet(Result.NotFound::new);
  }
}
