package dev.tenet.cel.index;

import dev.tenet.cel.plan.Slots;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Which terms may hold, by text: for each text that a condition names those that hold differently than with any other.
final class TextSlotIndex extends SlotIndex {

  /// Up to how many differing terms flipping them costs less than a set of their own. More words mean larger sets, of which
  /// there should be fewer.
  private static final int FEW_DIFFERENCES = 16;

  private static final int WORDS_PER_DIFFERENCE = 8;

  private final long[] otherwise;
  private final Map<String, int[]> differing = new HashMap<>();
  private final Map<String, long[]> holding = new HashMap<>();

  TextSlotIndex(int slot, List<Asking> asking) {
    super(slot, asking);
    this.otherwise = everything();
    Map<String, List<Integer>> collected = new HashMap<>();
    for (Asking term : asking) {
      switch (term.constraint().values()) {
        case ValueSet.Texts(boolean included, var texts) -> {
          if (included) {
            Bits.clear(otherwise, local(term));
          }
          texts.forEach(
              text -> collected.computeIfAbsent(text, t -> new ArrayList<>()).add(local(term)));
        }
        case ValueSet.Everything(boolean all) -> {
          if (!all) {
            Bits.clear(otherwise, local(term));
          }
        }
        case ValueSet.Ranges ranges -> throw new IllegalArgumentException("no texts");
      }
    }
    collected.forEach((text, flips) -> add(text, flips.stream().mapToInt(i -> i).toArray()));
  }

  private void add(String text, int[] flips) {
    if (flips.length <= Math.max(FEW_DIFFERENCES, otherwise.length / WORDS_PER_DIFFERENCE)) {
      differing.put(text, flips);
      return;
    }
    long[] set = otherwise.clone();
    for (int flip : flips) {
      Bits.flip(set, flip);
    }
    holding.put(text, set);
  }

  @Override
  void keepHolding(Slots slots, long[] alive) {
    Object text = slots.references[slot()];
    int[] flips = differing.get(text);
    if (flips == null) {
      keep(alive, holding.getOrDefault(text, otherwise));
    } else {
      keep(alive, otherwise, flips, 0, flips.length);
    }
  }
}
