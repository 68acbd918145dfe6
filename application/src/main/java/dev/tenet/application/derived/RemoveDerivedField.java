package dev.tenet.application.derived;

import dev.tenet.application.change.ChangeRequest;
import dev.tenet.application.change.ChangeResult;
import dev.tenet.application.change.TenantChanges;
import dev.tenet.domain.change.Command;
import dev.tenet.domain.derived.DerivedFieldId;

/// Removes a derived field that nothing uses.
public final class RemoveDerivedField {

  private final TenantChanges changes;

  public RemoveDerivedField(TenantChanges changes) {
    this.changes = changes;
  }

  /// Removes the derived field.
  public ChangeResult<DerivedFieldId> remove(ChangeRequest request, DerivedFieldId field) {
    return changes.apply(request, new Command.RemoveDerivedField(field), applied -> field);
  }
}
