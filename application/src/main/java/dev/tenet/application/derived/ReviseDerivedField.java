package dev.tenet.application.derived;

import dev.tenet.application.change.ChangeRequest;
import dev.tenet.application.change.ChangeResult;
import dev.tenet.application.change.TenantChanges;
import dev.tenet.domain.change.Command;
import dev.tenet.domain.derived.DerivedField;
import dev.tenet.domain.derived.DerivedFieldId;
import dev.tenet.domain.derived.DerivedFieldPatch;

/// Revises a derived field, unless that breaks what uses it.
public final class ReviseDerivedField {

  private final TenantChanges changes;

  public ReviseDerivedField(TenantChanges changes) {
    this.changes = changes;
  }

  /// Revises the derived field.
  public ChangeResult<DerivedField> revise(
      ChangeRequest request, DerivedFieldId field, DerivedFieldPatch patch) {
    return changes.apply(
        request, new Command.ReviseDerivedField(field, patch), DefineDerivedField::field);
  }
}
