package dev.tenet.cel.index;

import dev.tenet.cel.plan.Condition;
import dev.tenet.cel.plan.Slots;
import java.util.List;

/// Which terms may hold, by the value of one slot. Immutable.
abstract class SlotIndex {

  /// A term and what it asks of the slot.
  record Asking(int term, SlotConstraint constraint) {}

  private final int slot;
  private final int asking;
  private final long[] aliveWhenMissing;
  private final long[] faultWhenMissing;

  /// @param terms how many terms there are in all
  SlotIndex(int slot, List<Asking> asking, int terms) {
    this.slot = slot;
    this.asking = asking.size();
    this.aliveWhenMissing = Bits.all(terms);
    this.faultWhenMissing = new long[aliveWhenMissing.length];
    for (Asking term : asking) {
      switch (term.constraint().whenMissing()) {
        case Condition.FALSE -> Bits.clear(aliveWhenMissing, term.term());
        case Condition.FAULT -> Bits.set(faultWhenMissing, term.term());
        default -> {}
      }
    }
  }

  static SlotIndex of(int slot, List<Asking> asking, int terms) {
    SlotConstraint.Kind kind =
        asking.stream()
            .map(term -> term.constraint().kind())
            .max(Enum::compareTo)
            .orElse(SlotConstraint.Kind.ANY);
    return kind == SlotConstraint.Kind.TEXT
        ? new TextSlotIndex(slot, asking, terms)
        : new OrderedSlotIndex(slot, kind == SlotConstraint.Kind.REAL, asking, terms);
  }

  final int slot() {
    return slot;
  }

  /// {@return how many terms ask something of the slot}
  final int asking() {
    return asking;
  }

  /// Strikes out the terms that do not hold with what is in the slot.
  ///
  /// @param alive the terms that may still hold
  /// @param faults receives the terms that have a fault unless something else makes them false
  /// @param scratch as large as the others
  /// @return whether any term is still alive
  final boolean narrow(Slots slots, long[] alive, long[] faults, long[] scratch) {
    if (slots.present[slot]) {
      return Bits.keep(alive, holding(slots, scratch));
    }
    Bits.add(faults, faultWhenMissing);
    return Bits.keep(alive, aliveWhenMissing);
  }

  /// {@return the terms that hold with the value in the slot, in the scratch or in a set that must not be changed}
  abstract long[] holding(Slots slots, long[] scratch);
}
