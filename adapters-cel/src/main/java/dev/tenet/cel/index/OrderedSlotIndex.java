package dev.tenet.cel.index;

import dev.tenet.cel.plan.Slots;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Which terms may hold, by number: from low to high, the places where some begin or cease to hold. The whole set is kept
/// at some of these places, the checkpoints; from the nearest one it is a few flips to any other.
final class OrderedSlotIndex extends SlotIndex {

  /// How many checkpoints there are at most: they take a bit for each term each.
  private static final int CHECKPOINTS = 256;

  private static final int FEWEST_FLIPS = 8;

  private record Flip(long place, int term) {}

  private final boolean real;

  /// The places, sorted, each once.
  private final long[] places;

  /// How many flips there are up to so many places.
  private final int[] flipsUpTo;

  /// The terms that flip, by place.
  private final int[] flips;

  /// How many flips there are between two checkpoints.
  private final int interval;

  /// The sets before any flip, after one interval of flips, after two, and so on.
  private final long[][] checkpoints;

  OrderedSlotIndex(int slot, boolean real, List<Asking> asking) {
    super(slot, asking);
    this.real = real;
    long[] lowest = everything();
    List<Flip> all = new ArrayList<>();
    for (Asking term : asking) {
      boolean first =
          switch (term.constraint().values()) {
            case ValueSet.Everything(boolean whole) -> whole;
            case ValueSet.Ranges ranges -> {
              ranges.toggles().forEach(place -> all.add(new Flip(place, local(term))));
              yield ranges.first();
            }
            case ValueSet.Texts texts -> throw new IllegalArgumentException("no numbers");
          };
      if (!first) {
        Bits.clear(lowest, local(term));
      }
    }
    all.sort(Comparator.comparingLong(Flip::place));
    this.flips = all.stream().mapToInt(Flip::term).toArray();
    this.places = all.stream().mapToLong(Flip::place).distinct().toArray();
    this.flipsUpTo = flipsUpTo(all);
    this.interval = Math.max(FEWEST_FLIPS, flips.length / CHECKPOINTS + 1);
    this.checkpoints = checkpoints(lowest);
  }

  private int[] flipsUpTo(List<Flip> all) {
    int[] upTo = new int[places.length + 1];
    int flip = 0;
    for (int i = 0; i < places.length; i++) {
      while (flip < all.size() && all.get(flip).place() == places[i]) {
        flip++;
      }
      upTo[i + 1] = flip;
    }
    return upTo;
  }

  private long[][] checkpoints(long[] lowest) {
    long[][] sets = new long[flips.length / interval + 1][];
    long[] set = lowest;
    for (int i = 0; i < sets.length; i++) {
      sets[i] = set.clone();
      flip(set, i * interval, Math.min(flips.length, (i + 1) * interval));
    }
    return sets;
  }

  private void flip(long[] set, int from, int to) {
    for (int i = from; i < to; i++) {
      Bits.flip(set, flips[i]);
    }
  }

  @Override
  void keepHolding(Slots slots, long[] alive) {
    long word = slots.words[slot()];
    long value = real ? SlotConstraint.key(Double.longBitsToDouble(word)) : word;
    int flipped = flipsUpTo[below(value)];
    int nearest = Math.min((flipped + interval / 2) / interval, checkpoints.length - 1);
    int at = nearest * interval;
    keep(alive, checkpoints[nearest], flips, Math.min(at, flipped), Math.max(at, flipped));
  }

  /// {@return how many places are not above a value}
  ///
  /// Each step halves without a jump that depends on the value, which no processor could foresee.
  private int below(long value) {
    int from = 0;
    for (int left = places.length; left > 0; ) {
      int half = (left + 1) >>> 1;
      from += places[from + half - 1] <= value ? half : 0;
      left -= half;
    }
    return from;
  }
}
