package dev.tenet.application.tenant;

import dev.tenet.application.change.ChangeRequest;
import dev.tenet.application.change.ChangeResult;
import dev.tenet.application.change.TenantChanges;
import dev.tenet.domain.change.Change;
import dev.tenet.domain.change.Command;
import dev.tenet.domain.tenant.Tenant;
import java.util.List;

/// Renames a tenant.
public final class RenameTenant {

  private final TenantChanges changes;

  public RenameTenant(TenantChanges changes) {
    this.changes = changes;
  }

  /// Renames the tenant.
  public ChangeResult<Tenant> rename(ChangeRequest request, String name) {
    return changes.apply(request, new Command.RenameTenant(name), RenameTenant::tenant);
  }

  private static Tenant tenant(List<Change> applied) {
    if (applied.getFirst() instanceof Change.TenantRenamed(var tenant)) {
      return tenant;
    }
    throw new IllegalStateException("the first change is the renaming");
  }
}
