package dev.tenet.application.rule.planted;

import dev.tenet.application.change.ChangeResult;

/// Breaks rule 12: not final.
public class OpenUseCase {
  /// {@return nothing of interest}
  public ChangeResult<String> run() {
    return new ChangeResult.Contended<>();
  }
}
