package dev.tenet.http.documentation;

import java.time.Duration;

/// How the store is.
public sealed interface StoreHealth {

  /// It answers.
  record Available() implements StoreHealth {}

  /// It does not answer, but did: what is in memory is still evaluated.
  ///
  /// @param since how long it has not answered
  record Away(Duration since) implements StoreHealth {}

  /// It does not answer.
  record Unavailable() implements StoreHealth {}
}
