package dev.tenet.cel;

import dev.cel.common.CelException;
import java.util.List;

/// One form of a function: what it takes, what it costs and what it does.
///
/// @param id that of the declaration
/// @param types the classes of the arguments
record Overload(String id, List<Class<?>> types, Cost cost, Body body) {

  /// What a call costs; charged before the work is done.
  @FunctionalInterface
  interface Cost {
    void charge(Object[] values, Meter meter);
  }

  /// What a call does.
  @FunctionalInterface
  interface Body {
    Object call(Object[] values, Meter meter) throws CelException;
  }

  Overload {
    types = List.copyOf(types);
  }

  boolean accepts(Object[] values) {
    if (values.length != types.size()) {
      return false;
    }
    for (int i = 0; i < values.length; i++) {
      if (!types.get(i).isInstance(values[i])) {
        return false;
      }
    }
    return true;
  }
}
