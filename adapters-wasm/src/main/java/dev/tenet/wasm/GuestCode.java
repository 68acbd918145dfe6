package dev.tenet.wasm;

/// What instances are made of.
interface GuestCode {

  /// {@return a guest that has not been called}
  ///
  /// Runs code of the guest, on a [GuestThread].
  ///
  /// @param host what that code may ask the host
  /// @throws MemoryRefused when it failed after it was refused memory
  /// @throws RuntimeException when it does what no code may do
  GuestInstance instantiate(HostCalls host);

  /// {@return whether it may know an action}
  ///
  /// @param action `module.function`
  boolean answers(String action);
}
