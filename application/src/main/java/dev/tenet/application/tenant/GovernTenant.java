package dev.tenet.application.tenant;

import dev.tenet.application.change.ChangeRequest;
import dev.tenet.application.change.ChangeResult;
import dev.tenet.application.change.TenantChanges;
import dev.tenet.domain.change.Change;
import dev.tenet.domain.change.Command;
import dev.tenet.domain.governance.SettingsPatch;
import dev.tenet.domain.tenant.Tenant;
import java.util.List;

/// Changes how a tenant is governed.
public final class GovernTenant {

  private final TenantChanges changes;

  public GovernTenant(TenantChanges changes) {
    this.changes = changes;
  }

  /// Changes the tenant's settings.
  public ChangeResult<Tenant> govern(ChangeRequest request, SettingsPatch patch) {
    return changes.apply(request, new Command.GovernTenant(patch), GovernTenant::tenant);
  }

  private static Tenant tenant(List<Change> applied) {
    if (applied.getFirst() instanceof Change.TenantGoverned(var tenant)) {
      return tenant;
    }
    throw new IllegalStateException("the first change is that of the settings");
  }
}
