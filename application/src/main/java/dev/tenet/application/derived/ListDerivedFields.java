package dev.tenet.application.derived;

import dev.tenet.application.reading.Age;
import dev.tenet.application.reading.Page;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.application.reading.ReadResult;
import dev.tenet.application.store.Definitions;
import dev.tenet.domain.derived.DerivedField;
import dev.tenet.domain.tenant.TenantId;
import java.util.Optional;

/// Lists a tenant's derived fields, newest first.
public final class ListDerivedFields {

  private final Definitions definitions;

  public ListDerivedFields(Definitions definitions) {
    this.definitions = definitions;
  }

  /// {@return a page of the derived fields}
  public ReadResult<Page<DerivedField, Age>> list(TenantId tenant, PageRequest<Age> page) {
    return definitions.readSeen(
        tenant,
        "tenant",
        state -> Optional.of(Page.newestFirst(state.derivedFields(), page, Age::of)));
  }
}
