package dev.tenet.cel;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;

/// An immutable list to which another can be appended in time proportional to the other: lists made by appending share
/// their elements. Confined to one thread.
final class AppendableList extends AbstractList<Object> implements RandomAccess {

  private final List<Object> shared;
  private final int size;

  private AppendableList(List<Object> shared) {
    this.shared = shared;
    this.size = shared.size();
  }

  /// {@return the elements of both lists}
  static List<Object> concat(List<?> first, List<?> second) {
    if (first instanceof AppendableList list && list.size == list.shared.size()) {
      List<?> appended = second instanceof AppendableList ? new ArrayList<>(second) : second;
      list.shared.addAll(appended);
      return new AppendableList(list.shared);
    }
    List<Object> elements = new ArrayList<>(Math.max(8, first.size() + second.size()));
    elements.addAll(first);
    elements.addAll(second);
    return new AppendableList(elements);
  }

  /// {@return the units of work of `concat`}
  static long cost(List<?> first, List<?> second) {
    boolean appends = first instanceof AppendableList list && list.size == list.shared.size();
    return 1L + second.size() + (appends ? 0 : first.size());
  }

  @Override
  public Object get(int index) {
    if (index >= size) {
      throw new IndexOutOfBoundsException(index);
    }
    return shared.get(index);
  }

  @Override
  public int size() {
    return size;
  }
}
