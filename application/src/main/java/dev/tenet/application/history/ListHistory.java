package dev.tenet.application.history;

import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.reading.ReadResult;
import dev.tenet.application.store.Definitions;
import dev.tenet.domain.change.JournalEntry;
import dev.tenet.domain.tenant.TenantId;

/// Lists who changed a tenant, when, what changed, and what that broke, newest first.
public final class ListHistory {

  private final Definitions definitions;

  public ListHistory(Definitions definitions) {
    this.definitions = definitions;
  }

  /// Which entries of the journal.
  public enum Part {
    /// All.
    ALL,
    /// Those that define or activate a schema.
    SCHEMA
  }

  /// {@return a page of the tenant's journal}
  public ReadResult<Page<JournalEntry, Long>> list(
      TenantId tenant, Part part, PageRequest<Long> page) {
    return definitions.readStored(
        tenant, store -> store.journal(tenant, part == Part.SCHEMA, page));
  }
}
