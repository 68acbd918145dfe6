package dev.tenet.cel.index;

import dev.tenet.cel.plan.IntegerSet;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;

/// A set of values of one slot.
sealed interface ValueSet {

  /// {@return the values that are not in the set}
  ValueSet complement();

  /// All values, or none.
  record Everything(boolean all) implements ValueSet {
    @Override
    public ValueSet complement() {
      return new Everything(!all);
    }
  }

  /// A set of 64-bit integers as the places where, from low to high, it begins and ends.
  final class Ranges implements ValueSet {

    private static final long[] NOWHERE = {};

    private final boolean first;
    private final long[] toggles;

    /// @param first whether the lowest integer is in it
    /// @param toggles sorted, each once; from each on the set is the other way round
    private Ranges(boolean first, long[] toggles) {
      this.first = first;
      this.toggles = toggles;
    }

    /// {@return the integers from `from` until before `to`}
    static Ranges between(long from, long to) {
      return from == Long.MIN_VALUE
          ? new Ranges(true, new long[] {to})
          : new Ranges(false, new long[] {from, to});
    }

    /// {@return the integers from `from` on}
    static Ranges from(long from) {
      return from == Long.MIN_VALUE
          ? new Ranges(true, NOWHERE)
          : new Ranges(false, new long[] {from});
    }

    /// {@return a set of single integers}
    static Ranges of(IntegerSet integers) {
      long[] toggles = new long[2 * integers.size()];
      int size = 0;
      for (int i = 0; i < integers.size(); i++) {
        long integer = integers.get(i);
        if (size > 0 && toggles[size - 1] == integer) {
          size--;
        } else {
          toggles[size++] = integer;
        }
        if (integer != Long.MAX_VALUE) {
          toggles[size++] = integer + 1;
        }
      }
      return size > 0 && toggles[0] == Long.MIN_VALUE
          ? new Ranges(true, Arrays.copyOfRange(toggles, 1, size))
          : new Ranges(false, Arrays.copyOf(toggles, size));
    }

    /// {@return whether the lowest integer is in the set}
    boolean first() {
      return first;
    }

    /// {@return the places from which on the set is the other way round, sorted}
    LongStream toggles() {
      return Arrays.stream(toggles);
    }

    @Override
    public Ranges complement() {
      return new Ranges(!first, toggles);
    }

    /// {@return the integers that are in both sets}
    Ranges and(Ranges other) {
      long[] merged = new long[toggles.length + other.toggles.length];
      int size = 0;
      int i = 0;
      int j = 0;
      boolean inThis = first;
      boolean inOther = other.first;
      boolean in = inThis && inOther;
      while (i < toggles.length || j < other.toggles.length) {
        long next = Math.min(at(toggles, i), at(other.toggles, j));
        if (i < toggles.length && toggles[i] == next) {
          inThis = !inThis;
          i++;
        }
        if (j < other.toggles.length && other.toggles[j] == next) {
          inOther = !inOther;
          j++;
        }
        if (in != (inThis && inOther)) {
          in = !in;
          merged[size++] = next;
        }
      }
      return new Ranges(first && other.first, Arrays.copyOf(merged, size));
    }

    private static long at(long[] toggles, int i) {
      return i < toggles.length ? toggles[i] : Long.MAX_VALUE;
    }
  }

  /// Some texts, or all but some.
  record Texts(boolean included, Set<String> texts) implements ValueSet {
    @Override
    public Texts complement() {
      return new Texts(!included, texts);
    }

    Texts and(Texts other) {
      if (!included && other.included) {
        return other.and(this);
      }
      Set<String> result = new HashSet<>(texts);
      if (!included) {
        result.addAll(other.texts);
      } else if (other.included) {
        result.retainAll(other.texts);
      } else {
        result.removeAll(other.texts);
      }
      return new Texts(included, result);
    }
  }

  /// {@return the values that are in both sets, which are of one slot}
  static ValueSet and(ValueSet a, ValueSet b) {
    if (a instanceof Everything(boolean all)) {
      return all ? b : a;
    }
    if (b instanceof Everything(boolean all)) {
      return all ? a : b;
    }
    if (a instanceof Ranges x && b instanceof Ranges y) {
      return x.and(y);
    }
    if (a instanceof Texts x && b instanceof Texts y) {
      return x.and(y);
    }
    throw new IllegalArgumentException("sets of different kinds of values");
  }
}
