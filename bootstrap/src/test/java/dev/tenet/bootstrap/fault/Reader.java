package dev.tenet.bootstrap.fault;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.ToLongFunction;

/// A client that evaluates on one node, tenant after tenant, and does not mind when the connection is lost.
///
/// @param minRevision what it asks for, by tenant
record Reader(
    Node node,
    List<String> tenants,
    ToLongFunction<String> minRevision,
    Duration pause,
    BooleanSupplier stopped)
    implements Runnable {

  @Override
  public void run() {
    while (!stopped.getAsBoolean()) {
      for (String tenant : tenants) {
        node.evaluate(tenant, minRevision.applyAsLong(tenant));
        LockSupport.parkNanos(pause.toNanos());
      }
    }
  }
}
