package dev.tenet.application.identity;

import java.util.UUID;

/// Makes new ids. Safe for use by many threads.
@FunctionalInterface
public interface IdSource {

  /// {@return an id that was never given out before}
  UUID next();
}
