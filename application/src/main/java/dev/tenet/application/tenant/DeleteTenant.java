package dev.tenet.application.tenant;

import dev.tenet.application.change.ChangeRequest;
import dev.tenet.application.change.ChangeResult;
import dev.tenet.application.change.TenantChanges;
import dev.tenet.domain.change.Command;
import dev.tenet.domain.tenant.TenantId;
import java.util.function.Consumer;

/// Deletes a tenant and all it has, what others keep of it included.
public final class DeleteTenant {

  private final TenantChanges changes;
  private final Consumer<ChangeRequest> gone;

  /// @param gone lets go of what is kept of a tenant outside of its own store; it may be told of the same tenant again
  public DeleteTenant(TenantChanges changes, Consumer<ChangeRequest> gone) {
    this.changes = changes;
    this.gone = gone;
  }

  /// Deletes the tenant. Where this ends halfway, the same request again finishes it.
  public ChangeResult<TenantId> delete(ChangeRequest request) {
    ChangeResult<TenantId> result =
        changes.apply(request, new Command.DeleteTenant(), applied -> request.tenant());
    boolean deleted =
        result instanceof ChangeResult.Accepted<TenantId>
            || result instanceof ChangeResult.TenantNotFound<TenantId>;
    if (deleted && !request.dryRun()) {
      gone.accept(request);
    }
    return result;
  }
}
