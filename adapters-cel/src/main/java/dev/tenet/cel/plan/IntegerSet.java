package dev.tenet.cel.plan;

import java.util.Arrays;
import java.util.Collection;

/// Some integers. Immutable.
public final class IntegerSet {

  private final long[] sorted;

  private IntegerSet(long[] sorted) {
    this.sorted = sorted;
  }

  /// {@return a set of the integers}
  public static IntegerSet of(Collection<Long> integers) {
    return new IntegerSet(integers.stream().mapToLong(i -> i).sorted().distinct().toArray());
  }

  /// {@return how many there are}
  public int size() {
    return sorted.length;
  }

  /// {@return one of them, from low to high}
  public long get(int index) {
    return sorted[index];
  }

  /// {@return whether it is one of them}
  public boolean contains(long integer) {
    return Arrays.binarySearch(sorted, integer) >= 0;
  }
}
