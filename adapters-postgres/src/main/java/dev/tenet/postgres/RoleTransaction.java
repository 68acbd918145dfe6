package dev.tenet.postgres;

import dev.tenet.postgres.TenantTransaction.Door;
import org.jdbi.v3.core.HandleCallback;

/// Transactions of a role that has one task and belongs to no tenant. Limits and outages are as in [TenantTransaction].
final class RoleTransaction {

  private final Door door;
  private final String limits;

  RoleTransaction(Door door, ConnectionSettings settings) {
    this.door = door;
    this.limits = TenantTransaction.limits(settings);
  }

  /// {@return what `work` gives: all of it is done or, when it throws, nothing}
  <T> T run(HandleCallback<T, RuntimeException> work) {
    return TenantTransaction.run(door, limits, work);
  }
}
