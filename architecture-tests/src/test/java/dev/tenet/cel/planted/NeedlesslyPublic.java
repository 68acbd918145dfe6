package dev.tenet.cel.planted;

/// Breaks rule 11: public without need.
public final class NeedlesslyPublic {
  private NeedlesslyPublic() {}
}
