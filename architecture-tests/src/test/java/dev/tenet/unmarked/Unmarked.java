package dev.tenet.unmarked;

/// Breaks rule 7: no package-info.
public final class Unmarked {
  private Unmarked() {}
}
