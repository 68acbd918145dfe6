package dev.tenet.application.identity;

import dev.tenet.application.audit.AuditLog;
import dev.tenet.domain.identity.ApiKey;
import dev.tenet.domain.identity.ApiKeyId;
import dev.tenet.domain.identity.Principal;
import dev.tenet.domain.tenant.TenantId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;

/// Revokes a key: on this node at once, on others as soon as they look again. That does not wait for its record; where the
/// record fails, the same request again makes it. Where there is one, there is no second.
public final class RevokeKey {

  private final ApiKeyStore keys;
  private final Consumer<ApiKey> told;
  private final InstantSource clock;
  private final KeyAudit audit;

  /// @param told is told of each key that is revoked
  public RevokeKey(ApiKeyStore keys, Consumer<ApiKey> told, InstantSource clock, AuditLog audit) {
    this.keys = keys;
    this.told = told;
    this.clock = clock;
    this.audit = new KeyAudit(audit);
  }

  /// What revoking a key gives.
  public sealed interface Result {
    /// It is revoked, be it since earlier.
    record Revoked(ApiKey key) implements Result {}

    /// The owner has no such key, or it is none of the revoker's business, which looks the same.
    record NotFound() implements Result {}
  }

  /// Revokes the owner's key.
  ///
  /// @param requestId names the request that asks for it, when there is one
  public Result revoke(
      TenantId owner, ApiKeyId key, Principal revoker, Optional<String> requestId) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Optional<ApiKey> before =
        Ownership.mayManage(revoker, owner) ? keys.find(owner, key) : Optional.empty();
    Optional<ApiKey> revoked = before.flatMap(found -> keys.revoke(owner, key, now));
    revoked.ifPresent(told);
    boolean again = before.flatMap(ApiKey::revokedAt).isPresent();
    revoked
        .filter(gone -> !(again && audit.hasRevocation(gone)))
        .ifPresent(gone -> audit.revoked(gone, now, revoker.name(), requestId));
    return revoked.<Result>map(Result.Revoked::new).orElseGet(Result.NotFound::new);
  }
}
