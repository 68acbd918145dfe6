package dev.tenet.application.derived;

import dev.tenet.application.reading.ReadResult;
import dev.tenet.application.store.Definitions;
import dev.tenet.domain.derived.DerivedField;
import dev.tenet.domain.derived.DerivedFieldId;
import dev.tenet.domain.tenant.TenantId;

/// Finds a derived field by its id.
public final class FindDerivedField {

  private final Definitions definitions;

  public FindDerivedField(Definitions definitions) {
    this.definitions = definitions;
  }

  /// {@return the derived field}
  public ReadResult<DerivedField> find(TenantId tenant, DerivedFieldId field) {
    return definitions.readSeen(tenant, "derived field", state -> state.derivedField(field));
  }
}
