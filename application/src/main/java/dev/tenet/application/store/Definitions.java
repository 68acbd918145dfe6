package dev.tenet.application.store;

import dev.tenet.application.reading.ReadResult;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.domain.tenant.TenantState;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/// Reads parts of what a tenant has at present.
public final class Definitions {

  private final TenantStore store;
  private final Function<TenantId, Optional<TenantState>> present;

  /// @param present gives a tenant's present state, or empty when there is no such tenant
  public Definitions(TenantStore store, Function<TenantId, Optional<TenantState>> present) {
    this.store = store;
    this.present = present;
  }

  /// {@return the part that `part` finds in the tenant's state}
  ///
  /// @param what what is missing when `part` finds nothing
  public <T> ReadResult<T> read(
      TenantId tenant, String what, Function<TenantState, Optional<T>> part) {
    Optional<TenantState> state = present.apply(tenant);
    if (state.isEmpty()) {
      return new ReadResult.NotFound<>("tenant");
    }
    return part.apply(state.get())
        .<ReadResult<T>>map(value -> new ReadResult.Found<>(value, state.get().revision()))
        .orElseGet(() -> new ReadResult.NotFound<>(what));
  }

  /// {@return what `part` finds in the store, for which the tenant's state is not needed}
  public <T> ReadResult<T> readStored(TenantId tenant, Function<TenantStore, T> part) {
    OptionalLong revision = store.revision(tenant);
    return revision.isEmpty()
        ? new ReadResult.NotFound<>("tenant")
        : new ReadResult.Found<>(part.apply(store), revision.getAsLong());
  }
}
