package dev.tenet.application.schema;

import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.reading.ReadResult;
import dev.tenet.application.store.Definitions;
import dev.tenet.application.store.TenantStore;
import dev.tenet.domain.change.JournalEntry;
import dev.tenet.domain.tenant.TenantId;
import java.util.Optional;

/// Lists who changed a tenant's schema, when, and what that broke, newest first.
public final class ListSchemaChanges {

  private final Definitions definitions;
  private final TenantStore store;

  public ListSchemaChanges(Definitions definitions, TenantStore store) {
    this.definitions = definitions;
    this.store = store;
  }

  /// {@return a page of the journal's entries that define or activate a schema}
  public ReadResult<Page<JournalEntry, Long>> list(TenantId tenant, PageRequest<Long> page) {
    return definitions.read(
        tenant, "tenant", state -> Optional.of(store.journal(tenant, true, page)));
  }
}
