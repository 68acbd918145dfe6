package dev.tenet.application.tenant;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenet.application.change.ChangeRequest;
import dev.tenet.application.change.ChangeResult;
import dev.tenet.application.change.TenantChanges;
import dev.tenet.application.identity.IdSource;
import dev.tenet.domain.change.JournalEntry.RequestKey;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.domain.tenant.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/// Creates a tenant. Several tenants may have the same name.
public final class CreateTenant {

  private final TenantChanges changes;
  private final IdSource ids;

  public CreateTenant(TenantChanges changes, IdSource ids) {
    this.changes = changes;
    this.ids = ids;
  }

  /// Creates a tenant.
  ///
  /// @param key how the client names the request; the tenant's id then follows from the actor and the key, so that the
  ///     same request finds the tenant it created before
  public ChangeResult<Tenant> create(
      String name, boolean dryRun, Optional<RequestKey> key, String actor) {
    UUID id =
        key.map(k -> UUID.nameUUIDFromBytes((actor + '\n' + k.key()).getBytes(UTF_8)))
            .orElseGet(ids::next);
    Instant at = changes.now();
    var tenant = new Tenant(new TenantId(id), name, at, at);
    return changes.create(
        tenant, new ChangeRequest(tenant.id(), OptionalLong.empty(), dryRun, key, actor));
  }
}
