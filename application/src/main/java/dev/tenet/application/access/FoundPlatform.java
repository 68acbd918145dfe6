package dev.tenet.application.access;

import dev.tenet.application.change.ChangeRequest;
import dev.tenet.application.change.ChangeResult;
import dev.tenet.application.change.TenantChanges;
import dev.tenet.application.identity.IdSource;
import dev.tenet.domain.change.Command;
import dev.tenet.domain.change.Command.DefineSchema.Precondition;
import dev.tenet.domain.schema.SchemaId;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.domain.tenant.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Makes sure that the platform's own tenant is there, with the schema over which access rules are written.
public final class FoundPlatform {

  private static final String NAME = "platform";

  private final TenantChanges changes;
  private final IdSource ids;

  public FoundPlatform(TenantChanges changes, IdSource ids) {
    this.changes = changes;
    this.ids = ids;
  }

  /// Creates the platform's tenant and its schema, unless they are there.
  ///
  /// @return what defining the schema gave; a schema that is there is [ChangeResult.Rejected]
  public ChangeResult<?> found() {
    var request =
        new ChangeRequest(TenantId.PLATFORM, OptionalLong.empty(), false, Optional.empty(), NAME);
    Instant at = changes.now();
    var tenant = new Tenant(TenantId.PLATFORM, NAME, at, at);
    changes.create(tenant, request);
    var define =
        new Command.DefineSchema(
            new SchemaId(ids.next()), AccessRequest.SCHEMA, Precondition.FIRST, false);
    return changes.apply(request, define, List::size);
  }
}
