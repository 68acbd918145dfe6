package dev.tenet.domain.evaluation;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;

/// A list of floating-point numbers that takes eight bytes for each. It cannot be changed.
public final class RealList extends AbstractList<Double> implements RandomAccess {

  private final double[] values;

  private RealList(double[] values) {
    this.values = values;
  }

  /// {@return a list of the first elements of an array}
  static RealList of(double[] values, int size) {
    return new RealList(Arrays.copyOf(values, size));
  }

  /// {@return an element without an object}
  public double real(int index) {
    return values[index];
  }

  @Override
  public Double get(int index) {
    return values[index];
  }

  @Override
  public int size() {
    return values.length;
  }
}
