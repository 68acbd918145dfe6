package dev.tenet.wasm;

import dev.tenet.application.plugin.GuestFault;

/// One guest with memory of its own. Serves one call at a time, and one tenant only.
interface GuestInstance {

  /// Answers one request, on a [GuestThread].
  ///
  /// @return what the guest answered, as it wrote it
  /// @throws GuestFault when the host ended the call
  /// @throws MemoryRefused when the guest failed after it was refused memory
  /// @throws RuntimeException when the guest did what no code may do
  byte[] answer(byte[] request, HostCalls host) throws GuestFault;

  /// {@return whether it must not be used again: it has grown, or is worn out}
  boolean isSpent();

  /// {@return its memory, in bytes}
  long memory();
}
