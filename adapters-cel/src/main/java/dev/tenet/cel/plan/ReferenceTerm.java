package dev.tenet.cel.plan;

import dev.tenet.domain.evaluation.FactRecord;
import org.jspecify.annotations.Nullable;

/// An expression whose value is a text, a list or a map of the facts. A term without a value says so by [Slots#fault()] and
/// gives [#NOTHING].
public sealed interface ReferenceTerm {

  /// In the place of a value that is not there: equal to nothing, of no size.
  Object NOTHING = new Object();

  /// How many characters of text cost one unit of fuel.
  int TEXT_PER_UNIT = 8;

  /// {@return the value}
  Object value(Slots slots);

  /// A literal.
  record Constant(Object constant) implements ReferenceTerm {
    @Override
    public Object value(Slots slots) {
      return constant;
    }
  }

  /// A field of the facts, or a derived field.
  record Slot(int slot) implements ReferenceTerm {
    @Override
    public Object value(Slots slots) {
      return slots.present[slot] ? orFault(slots.references[slot], slots) : nothing(slots);
    }
  }

  /// The element that a loop is at.
  record Element(int loop) implements ReferenceTerm {
    @Override
    public Object value(Slots slots) {
      return orFault(slots.elements[loop], slots);
    }
  }

  /// A field of the object that a loop is at.
  record ElementField(int loop, int number) implements ReferenceTerm {
    @Override
    public Object value(Slots slots) {
      return slots.elements[loop] instanceof FactRecord object
          ? orFault(object.value(number), slots)
          : nothing(slots);
    }
  }

  /// `condition ? yes : no`
  record Choice(Condition condition, ReferenceTerm yes, ReferenceTerm no) implements ReferenceTerm {
    @Override
    public Object value(Slots slots) {
      return switch (slots.within(condition)) {
        case Condition.TRUE -> yes.value(slots);
        case Condition.FALSE -> no.value(slots);
        default -> nothing(slots);
      };
    }
  }

  private static Object orFault(@Nullable Object value, Slots slots) {
    return value == null ? nothing(slots) : value;
  }

  private static Object nothing(Slots slots) {
    slots.faulted = true;
    return NOTHING;
  }
}
