package dev.tenet.application.decision;

import dev.tenet.application.reading.Age;
import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.reading.ReadResult;
import dev.tenet.application.recording.DecisionLog;
import dev.tenet.application.recording.DecisionLog.Filter;
import dev.tenet.application.store.Definitions;
import dev.tenet.domain.decision.FoundEntry;
import dev.tenet.domain.tenant.TenantId;

/// Looks through the decisions that were kept.
public final class SearchDecisions {

  private final Definitions definitions;
  private final DecisionLog log;

  public SearchDecisions(Definitions definitions, DecisionLog log) {
    this.definitions = definitions;
    this.log = log;
  }

  /// {@return what is kept of the tenant, newest first}
  public ReadResult<Page<FoundEntry, Age>> search(
      TenantId tenant, Filter filter, PageRequest<Age> page) {
    return definitions.readStored(tenant, store -> log.search(tenant, filter, page));
  }
}
