package dev.tenet.application.rule.planted;

import dev.tenet.application.change.ChangeResult;

/// Breaks rule 12: calls another use case.
public final class CallingUseCase {
  private final OpenUseCase other;

  public CallingUseCase(OpenUseCase other) {
    this.other = other;
  }

  /// {@return what the other says}
  public ChangeResult<String> run() {
    return other.run();
  }
}
