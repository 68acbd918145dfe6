package dev.tenet.application.plugin;

import static java.util.Objects.requireNonNull;

/// What belongs to one call.
///
/// @param deadline when the caller no longer wants the answer, by `System.nanoTime()`
/// @param host what answers the guest's own questions
public record GuestCall(long deadline, GuestHost host) {
  public GuestCall {
    requireNonNull(host);
  }
}
