package dev.tenet.application.plugin;

import dev.tenet.domain.tenant.TenantId;

/// Code that was prepared, and the instances that were made of it. Many threads use it at once.
public interface Guest extends AutoCloseable {

  /// Calls the guest, and waits until it has answered. An instance never serves two tenants.
  ///
  /// A host call may lead to another call, of this guest or of others: it runs on an instance of its own.
  ///
  /// @param action `module.function`
  /// @param payload JSON in UTF-8
  /// @return the result, JSON in UTF-8
  /// @throws GuestFault when there is no result; the instance is not used again, unless it is the guest that said so
  byte[] call(TenantId tenant, String action, byte[] payload, GuestCall call) throws GuestFault;

  /// {@return whether the code may know an action; code that does not say which functions it has may know any}
  ///
  /// @param action `module.function`
  boolean answers(String action);

  /// {@return the memory of all instances there are just now, in bytes}
  long memory();

  /// Takes no more calls. Those under way finish; then memory and classes can go.
  @Override
  void close();
}
