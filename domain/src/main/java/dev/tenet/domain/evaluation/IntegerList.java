package dev.tenet.domain.evaluation;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;

/// A list of integers that takes eight bytes for each. It cannot be changed.
public final class IntegerList extends AbstractList<Long> implements RandomAccess {

  private final long[] values;

  private IntegerList(long[] values) {
    this.values = values;
  }

  /// {@return a list of the first elements of an array}
  static IntegerList of(long[] values, int size) {
    return new IntegerList(Arrays.copyOf(values, size));
  }

  /// {@return an element without an object}
  public long integer(int index) {
    return values[index];
  }

  @Override
  public Long get(int index) {
    return values[index];
  }

  @Override
  public int size() {
    return values.length;
  }
}
