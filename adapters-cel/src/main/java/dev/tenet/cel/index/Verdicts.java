package dev.tenet.cel.index;

import java.util.Arrays;

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

  /// Makes all conditions faulty.
  ///
  /// @param conditions how many there are
  public void fail(int conditions) {
    Arrays.fill(holding, 0);
    System.arraycopy(Bits.all(conditions), 0, faulty, 0, faulty.length);
  }
}
