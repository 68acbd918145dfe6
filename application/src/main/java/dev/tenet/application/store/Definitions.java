package dev.tenet.application.store;

import dev.tenet.application.reading.ReadResult;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.domain.tenant.TenantState;
import java.util.Optional;
import java.util.function.Function;

/// Reads parts of a tenant's present state.
public final class Definitions {

  private final Function<TenantId, Optional<TenantState>> present;

  /// @param present gives a tenant's present state, or empty when there is no such tenant
  public Definitions(Function<TenantId, Optional<TenantState>> present) {
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
}
