package dev.tenet.application.evaluation;

import java.time.Duration;

/// How tests keep definitions in memory.
public final class TestSettings {

  /// For a store that nobody else changes; waits for no revision.
  public static final CurrentRuleSets.Settings ALONE =
      new CurrentRuleSets.Settings(64 << 20, false, Duration.ofHours(1), Duration.ZERO);

  private TestSettings() {}
}
