package dev.tenet.cel;

import com.google.common.primitives.UnsignedLong;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The nodes that make lists and maps, and the one that goes through them.
final class Aggregates {

  private Aggregates() {}

  static final class ListOf extends Node {
    private final List<Node> elements;
    private final Set<Integer> optional;

    ListOf(Site site, List<Node> elements, Set<Integer> optional) {
      super(site);
      this.elements = elements;
      this.optional = optional;
    }

    @Override
    Object evaluate(Frame frame) {
      List<Object> list = new ArrayList<>(elements.size());
      for (int i = 0; i < elements.size(); i++) {
        Object value = elements.get(i).value(frame);
        if (optional.contains(i)) {
          present(value).ifPresent(list::add);
        } else {
          list.add(value);
        }
      }
      return list;
    }
  }

  private static Optional<?> present(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional;
    }
    throw EvaluationFault.of("no_such_overload", "An element after ? must be optional.");
  }

  /// An entry of a map.
  ///
  /// @param optional whether the value is optional and the entry left out when it is absent
  record Entry(Node key, Node value, boolean optional) {}

  static EvaluationFault repeatedKey() {
    return EvaluationFault.of("invalid_argument", "The map has the same key twice.");
  }

  static final class MapOf extends Node {
    private final List<Entry> entries;

    MapOf(Site site, List<Entry> entries) {
      super(site);
      this.entries = entries;
    }

    @Override
    Object evaluate(Frame frame) {
      Map<Object, Object> map = LinkedHashMap.newLinkedHashMap(entries.size());
      for (Entry entry : entries) {
        Object key = entry.key().value(frame);
        if (!(key instanceof String
            || key instanceof Long
            || key instanceof Boolean
            || key instanceof UnsignedLong)) {
          throw EvaluationFault.of(
              "invalid_argument", "A map's key must be a string, int, uint or bool.");
        }
        Object value = entry.value().value(frame);
        if (Equality.find(map, key) != null) {
          throw repeatedKey();
        }
        if (entry.optional()) {
          present(value).ifPresent(v -> map.put(key, v));
        } else {
          map.put(key, value);
        }
      }
      return map;
    }
  }

  /// The slots of a comprehension's variables.
  ///
  /// @param second that of the second variable, or -1
  record Slots(int accumulator, int first, int second) {}

  /// A comprehension: what the macros `all`, `exists`, `map`, `filter`, `cel.bind` and so on stand for.
  static final class Fold extends Node {
    private final Slots slots;
    private final Node range;
    private final Node start;
    private final Node condition;
    private final Node step;
    private final Node result;

    Fold(Site site, Slots slots, Node range, Node start, Node condition, Node step, Node result) {
      super(site);
      this.slots = slots;
      this.range = range;
      this.start = start;
      this.condition = condition;
      this.step = step;
      this.result = result;
    }

    @Override
    Object evaluate(Frame frame) {
      Object elements = range.value(frame);
      frame.set(slots.accumulator(), start);
      switch (elements) {
        case Collection<?> list -> overList(frame, list);
        case Map<?, ?> map -> overMap(frame, map);
        default ->
            throw EvaluationFault.of(
                "no_such_overload", "Only a list or a map can be gone through.");
      }
      return result.value(frame);
    }

    private void overList(Frame frame, Collection<?> list) {
      long index = 0;
      for (Object element : list) {
        frame.set(slots.first(), slots.second() < 0 ? element : (Object) index);
        if (slots.second() >= 0) {
          frame.set(slots.second(), element);
        }
        index++;
        if (!goesOn(frame)) {
          return;
        }
      }
    }

    private void overMap(Frame frame, Map<?, ?> map) {
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        frame.set(slots.first(), entry.getKey());
        if (slots.second() >= 0) {
          frame.set(slots.second(), entry.getValue());
        }
        if (!goesOn(frame)) {
          return;
        }
      }
    }

    private boolean goesOn(Frame frame) {
      frame.meter().charge(1);
      if (!condition.isTrue(frame)) {
        return false;
      }
      frame.set(slots.accumulator(), stepped(frame));
      return true;
    }

    /// `all` and `exists` go on after a fault: a later element may decide.
    private Object stepped(Frame frame) {
      if (!(step instanceof Logic.Connective)) {
        return step.value(frame);
      }
      try {
        return step.value(frame);
      } catch (EvaluationFault fault) {
        if (fault.isExhausted()) {
          throw fault;
        }
        return fault;
      }
    }
  }
}
