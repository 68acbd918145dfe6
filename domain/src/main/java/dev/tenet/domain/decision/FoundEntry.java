package dev.tenet.domain.decision;

import java.time.Instant;
import java.util.UUID;

/// What looking through a decision log finds.
public sealed interface FoundEntry permits DecisionSummary, LogGap {

  /// {@return when it was, to the microsecond}
  Instant at();

  /// {@return what tells it from others of the same moment}
  UUID key();
}
