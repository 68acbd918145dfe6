package dev.tenet.application.tenant;

import dev.tenet.application.reading.ReadResult;
import dev.tenet.application.store.Definitions;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.domain.tenant.TenantState;
import java.util.Optional;

/// Finds a tenant by its id.
public final class FindTenant {

  private final Definitions definitions;

  public FindTenant(Definitions definitions) {
    this.definitions = definitions;
  }

  /// {@return the tenant with all its definitions}
  public ReadResult<TenantState> find(TenantId tenant) {
    return definitions.read(tenant, "tenant", Optional::of);
  }
}
