package dev.tenet.domain.decision;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/// Who asked for a decision, where that is known.
///
/// @param requestId how the request is named
/// @param principal the name of who asked
public record Requester(Optional<String> requestId, Optional<String> principal) {

  /// Somebody inside the program.
  public static final Requester UNKNOWN = new Requester(Optional.empty(), Optional.empty());

  public Requester {
    requireNonNull(requestId);
    requireNonNull(principal);
  }

  /// {@return who made the request of this name}
  public static Requester of(String requestId, String principal) {
    return new Requester(Optional.of(requestId), Optional.of(principal));
  }
}
