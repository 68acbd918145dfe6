package dev.tenet.application.rule.planted;

import dev.tenet.application.change.ChangeResult;

/// Breaks rule 12: two public methods.
public final class TwoUseCases {
  /// {@return nothing of interest}
  public ChangeResult<String> run() {
    return new ChangeResult.Contended<>();
  }

  /// {@return nothing of interest}
  public ChangeResult<String> runAgain() {
    return run();
  }
}
