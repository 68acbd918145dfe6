package dev.tenet.application.rule.planted;

/// Breaks rule 12: its result is not sealed.
public final class PlainUseCase {
  /// {@return whether it went well}
  public boolean run() {
    return true;
  }
}
