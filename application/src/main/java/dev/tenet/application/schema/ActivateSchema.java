package dev.tenet.application.schema;

import dev.tenet.application.change.ChangeRequest;
import dev.tenet.application.change.ChangeResult;
import dev.tenet.application.change.TenantChanges;
import dev.tenet.application.store.TenantStore;
import dev.tenet.domain.change.Command;
import dev.tenet.domain.change.Rejection;
import dev.tenet.domain.schema.SchemaVersion;

/// Makes a stored version of a tenant's schema the active one again.
public final class ActivateSchema {

  private final TenantStore store;
  private final TenantChanges changes;

  public ActivateSchema(TenantStore store, TenantChanges changes) {
    this.store = store;
    this.changes = changes;
  }

  /// Activates the version.
  ///
  /// @param strict whether to refuse what would break rules or derived fields, instead of marking those
  public ChangeResult<SchemaVersion> activate(ChangeRequest request, int version, boolean strict) {
    return store
        .schemaVersion(request.tenant(), version)
        .map(
            found ->
                changes.apply(
                    request, new Command.ActivateSchema(found, strict), DefineSchema::version))
        .orElseGet(
            () ->
                store.load(request.tenant()).isEmpty()
                    ? new ChangeResult.TenantNotFound<>()
                    : new ChangeResult.Rejected<>(Rejection.notFound("schema version")));
  }
}
