package dev.tenet.cel.index;

import dev.tenet.cel.plan.Condition;
import dev.tenet.cel.plan.Slots;
import java.util.List;

/// Which terms may hold, by the value of one slot. Immutable.
///
/// Its sets go from the first word that holds a term that asks something of the slot to the last one; outside of this stretch
/// every term may hold.
abstract class SlotIndex {

  /// How many flips can be made without copying a set.
  private static final int FEW_FLIPS = Long.SIZE;

  /// A term and what it asks of the slot.
  record Asking(int term, SlotConstraint constraint) {}

  private final int slot;
  private final int first;
  private final int words;
  private final long[] aliveWhenMissing;
  private final long[] faultWhenMissing;

  /// @param asking by the numbers of the terms
  SlotIndex(int slot, List<Asking> asking) {
    this.slot = slot;
    this.first = asking.getFirst().term() >>> 6;
    this.words = (asking.getLast().term() >>> 6) - first + 1;
    this.aliveWhenMissing = everything();
    this.faultWhenMissing = new long[words];
    for (Asking term : asking) {
      switch (term.constraint().whenMissing()) {
        case Condition.FALSE -> Bits.clear(aliveWhenMissing, local(term));
        case Condition.FAULT -> Bits.set(faultWhenMissing, local(term));
        default -> {}
      }
    }
  }

  static SlotIndex of(int slot, List<Asking> asking) {
    SlotConstraint.Kind kind =
        asking.stream()
            .map(term -> term.constraint().kind())
            .max(Enum::compareTo)
            .orElse(SlotConstraint.Kind.ANY);
    return kind == SlotConstraint.Kind.TEXT
        ? new TextSlotIndex(slot, asking)
        : new OrderedSlotIndex(slot, kind == SlotConstraint.Kind.REAL, asking);
  }

  final int slot() {
    return slot;
  }

  /// {@return the number of a term's bit in the sets of this index}
  final int local(Asking term) {
    return term.term() - (first << 6);
  }

  /// {@return a set of all terms in the stretch}
  final long[] everything() {
    return Bits.all(words << 6);
  }

  /// Strikes out the terms that do not hold with what is in the slot.
  ///
  /// @param alive the terms that may still hold
  /// @param faults receives the terms that have a fault unless something else makes them false
  final void narrow(Slots slots, long[] alive, long[] faults) {
    if (slots.present[slot]) {
      keepHolding(slots, alive);
    } else {
      keep(alive, aliveWhenMissing);
      for (int i = 0; i < words; i++) {
        faults[first + i] |= faultWhenMissing[i];
      }
    }
  }

  /// Strikes out the terms that do not hold with the value in the slot.
  abstract void keepHolding(Slots slots, long[] alive);

  final void keep(long[] alive, long[] set) {
    for (int i = 0; i < words; i++) {
      alive[first + i] &= set[i];
    }
  }

  /// Keeps what is in a set after some flips.
  ///
  /// @param flips numbers of bits, from `from` until before `to`
  final void keep(long[] alive, long[] set, int[] flips, int from, int to) {
    if (to - from > FEW_FLIPS) {
      long[] flipped = set.clone();
      for (int i = from; i < to; i++) {
        Bits.flip(flipped, flips[i]);
      }
      keep(alive, flipped);
      return;
    }
    int offset = first << 6;
    long before = 0;
    for (int i = from; i < to; i++) {
      before |= Bits.has(alive, offset + flips[i]) ? 1L << (i - from) : 0;
    }
    keep(alive, set);
    for (int i = from; i < to; i++) {
      if ((before & (1L << (i - from))) != 0) {
        Bits.flip(alive, offset + flips[i]);
      }
    }
  }
}
