package dev.tenet.application.plugin;

/// Runs code that nobody trusts.
public interface GuestRuntime extends AutoCloseable {

  /// What is going on.
  ///
  /// @param running calls that threads are busy with, without those that a host call led to
  /// @param waiting calls that wait for their turn
  record Load(int running, int waiting) {}

  /// Reads, checks and compiles code. Takes milliseconds.
  ///
  /// @throws InvalidGuest when it is no guest, or wants more than it may have
  Guest prepare(GuestKind kind, byte[] code, GuestLimits limits) throws InvalidGuest;

  /// {@return what is going on just now}
  Load load();

  /// Takes no more calls, and ends those under way.
  @Override
  void close();
}
