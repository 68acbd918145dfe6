package dev.tenet.application.plugin;

/// What a guest may ask the host for during one call. It belongs to the tenant and the deadline of that call.
public interface GuestHost {

  /// Calls another plugin. Runs on the thread of the guest that asks.
  ///
  /// @param function `plugin.module.function`, as the guest wrote it
  /// @param payload JSON in UTF-8
  /// @return the result, JSON in UTF-8
  /// @throws GuestFault when there is no result; the guest is told the code and the message, and goes on
  byte[] invoke(String function, byte[] payload) throws GuestFault;

  /// Takes a line of the guest's log.
  ///
  /// @param text at most 2,000 characters, with control characters in it as the guest wrote them
  void log(System.Logger.Level level, String text);
}
