package dev.tenet.stray;

/// Breaks rule 1: belongs to no module.
public final class Stray {
  private Stray() {}
}
