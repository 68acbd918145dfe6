package dev.tenet.application.tenant;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenet.application.change.ChangeRequest;
import dev.tenet.application.change.ChangeResult;
import dev.tenet.application.change.TenantChanges;
import dev.tenet.application.identity.IdSource;
import dev.tenet.application.store.Placement;
import dev.tenet.domain.change.JournalEntry.RequestKey;
import dev.tenet.domain.change.Rejection;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.domain.diagnostic.Spelling;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.domain.tenant.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/// Creates a tenant. Several tenants may have the same name.
public final class CreateTenant {

  private final TenantChanges changes;
  private final IdSource ids;
  private final Optional<Placement> placement;

  /// @param placement empty when the store keeps all tenants in one database
  public CreateTenant(TenantChanges changes, IdSource ids, Optional<Placement> placement) {
    this.changes = changes;
    this.ids = ids;
    this.placement = placement;
  }

  /// Creates a tenant.
  ///
  /// @param database where it is kept; left to the store when empty
  /// @param key how the client names the request; the tenant's id then follows from the actor and the key, so that the
  ///     same request finds the tenant it created before
  /// @param requestId names the request in the audit
  public ChangeResult<Tenant> create(
      String name,
      Optional<String> database,
      boolean dryRun,
      Optional<RequestKey> key,
      String actor,
      Optional<String> requestId) {
    UUID id =
        key.map(k -> UUID.nameUUIDFromBytes((actor + '\n' + k.key()).getBytes(UTF_8)))
            .orElseGet(ids::next);
    Instant at = changes.now();
    var tenant = new Tenant(new TenantId(id), name, at, at);
    var request =
        new ChangeRequest(tenant.id(), OptionalLong.empty(), dryRun, key, actor, requestId);
    if (database.isEmpty()) {
      return changes.create(tenant, request);
    }
    ChangeResult<Tenant> preview = changes.create(tenant, dry(request));
    Optional<Diagnostic> fault = fault(database.get());
    if (fault.isPresent()) {
      return refuse(preview, fault.get());
    }
    if (dryRun || !isNew(preview)) {
      return preview;
    }
    return placement.map(p -> p.choose(tenant.id(), database.get())).orElse(true)
        ? changes.create(tenant, request)
        : new ChangeResult.KeyReused<>();
  }

  private static boolean isNew(ChangeResult<Tenant> preview) {
    return preview instanceof ChangeResult.Accepted<Tenant> accepted && !accepted.replayed();
  }

  private Optional<Diagnostic> fault(String database) {
    List<String> names = placement.map(Placement::names).orElse(List.of());
    if (names.contains(database)) {
      return Optional.empty();
    }
    String message =
        names.isEmpty()
            ? "This server keeps all tenants in one database; leave \"database\" out."
            : "There is no database %s; the databases are %s."
                .formatted(Quoted.text(database), String.join(", ", names));
    return Optional.of(
        Diagnostic.error(
            "database_unknown",
            Location.field("database"),
            message,
            Spelling.nearest(database, names).orElse(null)));
  }

  /// All faults are reported at once.
  private static ChangeResult<Tenant> refuse(ChangeResult<Tenant> otherwise, Diagnostic fault) {
    List<Diagnostic> faults = new ArrayList<>();
    if (otherwise instanceof ChangeResult.Rejected<Tenant>(var rejection)) {
      faults.addAll(rejection.diagnostics());
    }
    faults.add(fault);
    return new ChangeResult.Rejected<>(Rejection.invalid(faults));
  }

  private static ChangeRequest dry(ChangeRequest request) {
    return new ChangeRequest(
        request.tenant(),
        request.ifRevision(),
        true,
        request.key(),
        request.actor(),
        request.requestId());
  }
}
