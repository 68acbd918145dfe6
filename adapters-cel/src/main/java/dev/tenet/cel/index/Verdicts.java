package dev.tenet.cel.index;

/// What many conditions are, as bits: those that hold, and those that have a fault. All others are false. Reused from
/// decision to decision; confined to one thread at a time.
public final class Verdicts {

  /// The conditions that hold.
  public final long[] holding;

  /// The conditions that have a fault.
  public final long[] faulty;

  /// @param conditions how many there are
  public Verdicts(int conditions) {
    this.holding = new long[Bits.words(conditions)];
    this.faulty = new long[holding.length];
  }
}
