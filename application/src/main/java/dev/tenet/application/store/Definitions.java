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
  private final Function<TenantId, Optional<TenantState>> seen;

  /// @param present gives a tenant's present state, or empty when there is no such tenant
  /// @param seen gives it with what this node's compiler says of it now
  public Definitions(
      TenantStore store,
      Function<TenantId, Optional<TenantState>> present,
      Function<TenantId, Optional<TenantState>> seen) {
    this.store = store;
    this.present = present;
    this.seen = seen;
  }

  /// {@return the part that `part` finds in the tenant's state}
  ///
  /// @param what what is missing when `part` finds nothing
  public <T> ReadResult<T> read(
      TenantId tenant, String what, Function<TenantState, Optional<T>> part) {
    return read(present.apply(tenant), what, part);
  }

  /// {@return the part that `part` finds in the tenant's state, in which what this node cannot evaluate now is broken, and
  /// nothing else}
  ///
  /// @param what what is missing when `part` finds nothing
  public <T> ReadResult<T> readSeen(
      TenantId tenant, String what, Function<TenantState, Optional<T>> part) {
    return read(seen.apply(tenant), what, part);
  }

  private static <T> ReadResult<T> read(
      Optional<TenantState> state, String what, Function<TenantState, Optional<T>> part) {
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
