package dev.tenet.application.schema;

import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.reading.ReadResult;
import dev.tenet.application.schema.FindSchema.FoundSchema;
import dev.tenet.application.store.Definitions;
import dev.tenet.application.store.TenantStore;
import dev.tenet.domain.tenant.TenantId;
import java.util.Optional;

/// Lists the versions of a tenant's schema, newest first.
public final class ListSchemaVersions {

  private final Definitions definitions;
  private final TenantStore store;

  public ListSchemaVersions(Definitions definitions, TenantStore store) {
    this.definitions = definitions;
    this.store = store;
  }

  /// {@return a page of the versions}
  public ReadResult<Page<FoundSchema, Long>> list(TenantId tenant, PageRequest<Long> page) {
    return definitions.read(
        tenant,
        "schema",
        state ->
            Optional.of(
                store
                    .schemaVersions(tenant, page)
                    .map(found -> new FoundSchema(found, found.equals(state.schema())))));
  }
}
