package dev.tenet.postgres;

import dev.tenet.domain.tenant.TenantId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;

/// Decides where a tenant is read: on the replica, if there is one that knows all the primary knows of the tenant, or else
/// on the primary.
///
/// The tenant's revision on the primary is read first, and then on the replica in the same snapshot as everything else. So
/// an answer is never from the past, however far the replica is behind, and whether or not it is there at all. Without the
/// primary there is no answer.
final class TenantReads {

  private static final Logger LOG = System.getLogger(TenantReads.class.getName());

  private final TenantTransaction primary;
  private final Optional<TenantTransaction> replica;
  private final Circuit circuit;
  private final String condition;

  TenantReads(TenantTransaction primary, Optional<TenantTransaction> replica) {
    this(primary, replica, new Circuit(System::nanoTime));
  }

  TenantReads(TenantTransaction primary, Optional<TenantTransaction> replica, Circuit circuit) {
    this(primary, replica, circuit, "");
  }

  private TenantReads(
      TenantTransaction primary,
      Optional<TenantTransaction> replica,
      Circuit circuit,
      String condition) {
    this.primary = primary;
    this.replica = replica;
    this.circuit = circuit;
    this.condition = condition;
  }

  /// {@return the same, where a frozen tenant is not there}
  TenantReads withoutFrozen() {
    return new TenantReads(primary, replica, circuit, " AND NOT frozen");
  }

  /// {@return what a tenant's row must be besides for it to be there, to stand at the end of a condition in SQL}
  String condition() {
    return condition;
  }

  /// {@return the tenant's revision, or empty when there is no such tenant}
  OptionalLong revision(Handle handle, TenantId tenant) {
    return handle
        .createQuery("SELECT revision FROM tenants WHERE tenant_id = :tenant" + condition)
        .bind("tenant", tenant.value())
        .mapTo(Long.class)
        .findOne()
        .map(OptionalLong::of)
        .orElseGet(OptionalLong::empty);
  }

  /// {@return what `work` reads as this tenant, all of it from the same moment, which is not before this call}
  ///
  /// @param work may be done twice
  <T> T read(TenantId tenant, HandleCallback<T, RuntimeException> work) {
    return replica
        .filter(there -> circuit.mayTry())
        .flatMap(there -> onReplica(there, tenant, work))
        .orElseGet(() -> primary.inSnapshot(tenant, work));
  }

  /// {@return what `work` reads on the replica, or empty when it is behind, does not have the tenant, or fails}
  private <T> Optional<T> onReplica(
      TenantTransaction there, TenantId tenant, HandleCallback<T, RuntimeException> work) {
    OptionalLong present = primary.inTenant(tenant, handle -> revision(handle, tenant));
    if (present.isEmpty()) {
      return Optional.empty();
    }
    try {
      Optional<T> answer =
          there.inSnapshot(
              tenant,
              handle ->
                  revision(handle, tenant).orElse(0) >= present.getAsLong()
                      ? Optional.of(work.withHandle(handle))
                      : Optional.empty());
      if (circuit.close()) {
        LOG.log(Level.INFO, "The replica answers again.");
      }
      return answer;
    } catch (RuntimeException e) {
      // A replica gives queries up that are in the way of what it copies; it is there all the same.
      if (!Outage.isContention(e) && circuit.open()) {
        LOG.log(Level.WARNING, "The replica cannot answer; the primary does: " + Outage.words(e));
      }
      return Optional.empty();
    }
  }
}
