package dev.tenet.application.derived;

import dev.tenet.application.change.ChangeRequest;
import dev.tenet.application.change.ChangeResult;
import dev.tenet.application.change.TenantChanges;
import dev.tenet.application.identity.IdSource;
import dev.tenet.domain.change.Change;
import dev.tenet.domain.change.Command;
import dev.tenet.domain.derived.DerivedField;
import dev.tenet.domain.derived.DerivedFieldId;
import dev.tenet.domain.expression.Expression;
import java.util.List;

/// Adds a derived field, unless it does not compile, closes a cycle or its name is taken.
public final class DefineDerivedField {

  private final TenantChanges changes;
  private final IdSource ids;

  public DefineDerivedField(TenantChanges changes, IdSource ids) {
    this.changes = changes;
    this.ids = ids;
  }

  /// Adds the derived field.
  public ChangeResult<DerivedField> define(
      ChangeRequest request, String name, Expression expression, String description) {
    var command =
        new Command.DefineDerivedField(
            new DerivedFieldId(ids.next()), name, expression, description);
    return changes.apply(request, command, DefineDerivedField::field);
  }

  static DerivedField field(List<Change> applied) {
    return switch (applied.getFirst()) {
      case Change.DerivedFieldDefined(var field) -> field;
      case Change.DerivedFieldRevised(var field) -> field;
      default -> throw new IllegalStateException("the first change is the derived field's");
    };
  }
}
