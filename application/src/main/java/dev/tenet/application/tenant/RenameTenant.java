package dev.tenet.application.tenant;

import dev.tenet.application.change.ChangeRequest;
import dev.tenet.application.change.ChangeResult;
import dev.tenet.application.change.TenantChanges;
import dev.tenet.domain.change.Command;

/// Renames a tenant.
public final class RenameTenant {

  private final TenantChanges changes;

  public RenameTenant(TenantChanges changes) {
    this.changes = changes;
  }

  /// Renames the tenant.
  ///
  /// @return the new name
  public ChangeResult<String> rename(ChangeRequest request, String name) {
    return changes.apply(request, new Command.RenameTenant(name), applied -> name);
  }
}
