package dev.tenet.domain.planted;

/// Breaks rule 8: it changes.
public final class Mutable {
  private int count;

  /// {@return another number each time}
  public int next() {
    return count++;
  }
}
