package dev.tenet.application.plugin;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/// How much a guest may take.
///
/// @param codeBytes how long the code may be
/// @param memoryPages memory of one instance, in pages of 64 KiB; that of a script is that of the engine with it
/// @param tableElements elements of all tables of one instance together
/// @param inputBytes how long the payload of a call may be, and the answer of a host call
/// @param outputBytes how long the answer of a call may be, and the request of a host call
/// @param hostCalls how often one call may call the host
/// @param timeout how long a call may run, without the time that it waits for its turn
/// @param fresh whether each call gets an instance that no call has seen before
public record GuestLimits(
    int codeBytes,
    int memoryPages,
    int tableElements,
    int inputBytes,
    int outputBytes,
    int hostCalls,
    Duration timeout,
    boolean fresh) {

  /// A module of 1 MiB, 16 MiB of memory, 10,000 elements, 1 MiB in and out, 100 calls of the host, 50 milliseconds.
  public static final GuestLimits USUAL =
      new GuestLimits(1 << 20, 256, 10_000, 1 << 20, 1 << 20, 100, Duration.ofMillis(50), false);

  private static final int MOST_PAGES = 1 << 14;

  public GuestLimits {
    requireNonNull(timeout);
    if (codeBytes < 1
        || memoryPages < 1
        || memoryPages > MOST_PAGES
        || tableElements < 0
        || inputBytes < 1
        || outputBytes < 1
        || hostCalls < 0
        || !timeout.isPositive()) {
      throw new IllegalArgumentException(
          "a guest needs something of everything, and at most 1 GiB of memory");
    }
  }

  /// {@return these limits with another time for a call}
  public GuestLimits within(Duration other) {
    return new GuestLimits(
        codeBytes, memoryPages, tableElements, inputBytes, outputBytes, hostCalls, other, fresh);
  }
}
