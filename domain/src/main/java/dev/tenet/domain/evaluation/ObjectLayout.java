package dev.tenet.domain.evaluation;

import dev.tenet.domain.schema.Field;
import dev.tenet.domain.schema.FieldType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the fields of an object are: in slots of the facts, or, for an element of a list or map, in a [FactRecord].
public final class ObjectLayout {

  private static final int NO_SLOT = -1;

  private final FieldNames names;
  private final List<Field> fields;
  private final int slot;
  private final int[] slots;
  private final @Nullable ObjectLayout[] nested;

  /// @param counter null for the objects in lists and maps
  private ObjectLayout(FieldType.ObjectOf type, int slot, @Nullable SlotCounter counter) {
    this.fields = List.copyOf(type.fields().values());
    this.names = FieldNames.of(fields.stream().map(Field::name).toList());
    this.slot = slot;
    this.slots = new int[fields.size()];
    this.nested = new @Nullable ObjectLayout[fields.size()];
    for (int number = 0; number < slots.length; number++) {
      slots[number] = counter == null ? NO_SLOT : counter.next();
      nested[number] = nested(fields.get(number).type(), slots[number], counter);
    }
  }

  private static @Nullable ObjectLayout nested(
      FieldType type, int slot, @Nullable SlotCounter counter) {
    return switch (type) {
      case FieldType.ObjectOf object -> new ObjectLayout(object, slot, counter);
      case FieldType.ListOf(var element) -> nested(element, NO_SLOT, null);
      case FieldType.MapOf(var element) -> nested(element, NO_SLOT, null);
      default -> null;
    };
  }

  static ObjectLayout inSlots(FieldType.ObjectOf type, int slot, SlotCounter counter) {
    return new ObjectLayout(type, slot, counter);
  }

  /// {@return the names of the fields}
  public FieldNames names() {
    return names;
  }

  /// {@return a field by its number}
  public Field field(int number) {
    return fields.get(number);
  }

  /// {@return the slot that says whether the object is there, or -1 for an element of a list or map}
  public int slot() {
    return slot;
  }

  /// {@return the slot of a field, or -1 in an element of a list or map}
  public int slot(int number) {
    return slots[number];
  }

  /// {@return the layout of the object that a field is, or of those that it holds, or null}
  public @Nullable ObjectLayout nested(int number) {
    return nested[number];
  }

  /// {@return the layout of the object that a field is, or of those that it holds}
  ObjectLayout holding(int number) {
    ObjectLayout layout = nested[number];
    if (layout == null) {
      throw new IllegalArgumentException("holds no objects: " + names.name(number));
    }
    return layout;
  }

  /// Hands out slots.
  static final class SlotCounter {
    private final int[] taken = new int[1];

    int next() {
      return taken[0]++;
    }

    int taken() {
      return taken[0];
    }
  }
}
