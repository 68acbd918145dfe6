package dev.tenet.application.identity;

import dev.tenet.application.audit.AuditLog;
import dev.tenet.application.reading.Age;
import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.domain.identity.ApiKey;
import dev.tenet.domain.tenant.TenantId;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Revokes all keys of a tenant that is deleted. That is recorded first, so that it never happens unrecorded.
public final class RevokeAllKeys {

  private final ApiKeyStore keys;
  private final Consumer<ApiKey> told;
  private final InstantSource clock;
  private final KeyAudit audit;

  /// @param told is told of each key that is revoked
  public RevokeAllKeys(
      ApiKeyStore keys, Consumer<ApiKey> told, InstantSource clock, AuditLog audit) {
    this.keys = keys;
    this.told = told;
    this.clock = clock;
    this.audit = new KeyAudit(audit);
  }

  /// Revokes the keys of the tenant.
  ///
  /// @param revoker the name of who deletes the tenant
  /// @param requestId names the request that asks for it, when there is one
  public void revoke(TenantId tenant, String revoker, Optional<String> requestId) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    List<ApiKey> good = notRevoked(tenant);
    audit.revoked(tenant, good, now, revoker, requestId);
    keys.revokeAll(tenant, now);
    good.forEach(told);
  }

  private List<ApiKey> notRevoked(TenantId owner) {
    List<ApiKey> found = new ArrayList<>();
    Optional<Age> after = Optional.empty();
    do {
      Page<ApiKey, Age> page = keys.list(owner, new PageRequest<>(PageRequest.LARGEST, after));
      page.items().stream().filter(key -> key.revokedAt().isEmpty()).forEach(found::add);
      after = page.end();
    } while (after.isPresent());
    return found;
  }
}
