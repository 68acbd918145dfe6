package dev.tenet.application.schema;

import dev.tenet.application.change.ChangeRequest;
import dev.tenet.application.change.ChangeResult;
import dev.tenet.application.change.TenantChanges;
import dev.tenet.application.identity.IdSource;
import dev.tenet.domain.change.Change;
import dev.tenet.domain.change.Command;
import dev.tenet.domain.change.Command.DefineSchema.Precondition;
import dev.tenet.domain.schema.SchemaId;
import dev.tenet.domain.schema.SchemaVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Stores a new version of a tenant's schema and makes it the active one.
public final class DefineSchema {

  private final TenantChanges changes;
  private final IdSource ids;

  public DefineSchema(TenantChanges changes, IdSource ids) {
    this.changes = changes;
    this.ids = ids;
  }

  /// Defines the schema.
  ///
  /// @param definition as plain JSON values, null when it was left out
  /// @param when which tenants it is meant for
  /// @param strict whether to refuse what would break rules or derived fields, instead of marking those
  public ChangeResult<SchemaVersion> define(
      ChangeRequest request, @Nullable Object definition, Precondition when, boolean strict) {
    return changes.apply(
        request,
        new Command.DefineSchema(new SchemaId(ids.next()), definition, when, strict),
        DefineSchema::version);
  }

  static SchemaVersion version(List<Change> applied) {
    for (Change change : applied) {
      if (change instanceof Change.SchemaChange schemaChange) {
        return schemaChange.version();
      }
    }
    throw new IllegalStateException("a change of the schema has a schema version");
  }
}
