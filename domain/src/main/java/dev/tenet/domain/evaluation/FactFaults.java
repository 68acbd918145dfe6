package dev.tenet.domain.evaluation;

import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location.Pointer;
import dev.tenet.domain.schema.Field;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a reader of facts is in the document, and what it found wrong so far. The place becomes a pointer only when there
/// is a fault.
final class FactFaults {

  private static final int MOST = 100;

  private final Pointer start;
  private final Deque<Object> path = new ArrayDeque<>();
  private final List<Diagnostic> found = new ArrayList<>();

  /// @param start where the facts stand in their document
  FactFaults(Pointer start) {
    this.start = start;
  }

  /// Enters an object of the schema, a derived field, or a key of a map.
  void enter(String name) {
    path.addLast(name);
  }

  void enter(Field field) {
    path.addLast(field);
  }

  void enter(int index) {
    path.addLast(index);
  }

  void leave() {
    path.removeLast();
  }

  void report(String code, String message, @Nullable String suggestion) {
    if (found.size() < MOST) {
      found.add(Diagnostic.error(code, pointer(), message, suggestion));
    }
  }

  /// {@return where the fault is; within a sensitive field not which key of a map has it, for keys are of its value}
  private Pointer pointer() {
    Pointer pointer = start;
    boolean sensitive = false;
    for (Object step : path) {
      switch (step) {
        case Integer index -> pointer = pointer.child(index);
        case Field field -> {
          pointer = pointer.child(field.name());
          sensitive |= field.sensitive();
        }
        default -> {
          if (sensitive) {
            return pointer;
          }
          pointer = pointer.child((String) step);
        }
      }
    }
    return pointer;
  }

  /// {@return how many faults were found}
  int count() {
    return found.size();
  }

  /// Forgets the faults found since there were so many.
  ///
  /// @return the forgotten ones
  List<Diagnostic> takeBack(int count) {
    List<Diagnostic> tail = found.subList(count, found.size());
    List<Diagnostic> taken = List.copyOf(tail);
    tail.clear();
    return taken;
  }

  void add(List<Diagnostic> more) {
    more.stream().limit(MOST - found.size()).forEach(found::add);
  }

  List<Diagnostic> found() {
    return found;
  }
}
