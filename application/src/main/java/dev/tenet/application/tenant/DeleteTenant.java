package dev.tenet.application.tenant;

import dev.tenet.application.change.ChangeRequest;
import dev.tenet.application.change.ChangeResult;
import dev.tenet.application.change.TenantChanges;
import dev.tenet.domain.change.Command;
import dev.tenet.domain.tenant.TenantId;

/// Deletes a tenant and all it has.
public final class DeleteTenant {

  private final TenantChanges changes;

  public DeleteTenant(TenantChanges changes) {
    this.changes = changes;
  }

  /// Deletes the tenant.
  public ChangeResult<TenantId> delete(ChangeRequest request) {
    return changes.apply(request, new Command.DeleteTenant(), applied -> request.tenant());
  }
}
