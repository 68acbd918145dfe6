package dev.tenet.cel.index;

import java.util.Arrays;

/// What many conditions are, as bits: those that hold, and those that have a fault. All others are false. Reused from
/// decision to decision; confined to one thread at a time.
public final class Verdicts {

  /// The conditions that hold.
  public final long[] holding;

  /// The conditions that have a fault.
  public final long[] faulty;

  private boolean anyFaulty;

  /// @param conditions how many there are
  public Verdicts(int conditions) {
    this.holding = new long[Bits.words(conditions)];
    this.faulty = new long[holding.length];
  }

  /// Makes all conditions false.
  void clear() {
    Arrays.fill(holding, 0);
    if (anyFaulty) {
      Arrays.fill(faulty, 0);
      anyFaulty = false;
    }
  }

  /// Says what a condition is that is not false. One that holds and has a fault holds.
  void set(int condition, boolean fault) {
    Bits.set(fault ? faulty : holding, condition);
    anyFaulty |= fault;
  }

  /// Forgets the faults of conditions that hold.
  void settle() {
    if (anyFaulty) {
      for (int word = 0; word < holding.length; word++) {
        faulty[word] &= ~holding[word];
      }
    }
  }

  /// {@return whether any condition has a fault}
  public boolean anyFaulty() {
    return anyFaulty;
  }

  /// Makes all conditions faulty.
  ///
  /// @param conditions how many there are
  public void fail(int conditions) {
    Arrays.fill(holding, 0);
    anyFaulty = true;
    System.arraycopy(Bits.all(conditions), 0, faulty, 0, faulty.length);
  }
}
