package dev.tenet.cel.plan;

import dev.tenet.domain.evaluation.FactRecord;
import java.util.Collection;
import java.util.Map;

/// An expression whose value is a 64-bit integer. A term without a value says so by [Slots#fault()].
public sealed interface IntegerTerm {

  /// {@return the value}
  long value(Slots slots);

  /// A literal.
  record Constant(long number) implements IntegerTerm {
    @Override
    public long value(Slots slots) {
      return number;
    }
  }

  /// A field of the facts, or a derived field.
  record Slot(int slot) implements IntegerTerm {
    @Override
    public long value(Slots slots) {
      return slots.present[slot] ? slots.words[slot] : slots.fault();
    }
  }

  /// The element that a loop is at.
  record Element(int loop) implements IntegerTerm {
    @Override
    public long value(Slots slots) {
      return slots.elementWords[loop];
    }
  }

  /// A field of the object that a loop is at.
  record ElementField(int loop, int number) implements IntegerTerm {
    @Override
    public long value(Slots slots) {
      return slots.elements[loop] instanceof FactRecord object
              && object.value(number) instanceof Long integer
          ? integer
          : slots.fault();
    }
  }

  /// The arithmetic of integers; what overflows has no value.
  enum Operation {
    PLUS,
    MINUS,
    TIMES,
    DIVIDE,
    REMAINDER
  }

  /// `left + right` and so on.
  record Arithmetic(Operation operation, IntegerTerm left, IntegerTerm right)
      implements IntegerTerm {
    @Override
    public long value(Slots slots) {
      long a = left.value(slots);
      long b = right.value(slots);
      return switch (operation) {
        case PLUS -> plus(a, b, slots);
        case MINUS -> minus(a, b, slots);
        case TIMES -> times(a, b, slots);
        case DIVIDE -> divide(a, b, slots);
        case REMAINDER -> remainder(a, b, slots);
      };
    }
  }

  /// `-operand`
  record Negated(IntegerTerm operand) implements IntegerTerm {
    @Override
    public long value(Slots slots) {
      return minus(0, operand.value(slots), slots);
    }
  }

  /// The number of elements of a list or map, or of the characters of a text.
  record Size(ReferenceTerm of) implements IntegerTerm {
    @Override
    public long value(Slots slots) {
      return size(of.value(slots), slots);
    }
  }

  /// `condition ? yes : no`
  record Choice(Condition condition, IntegerTerm yes, IntegerTerm no) implements IntegerTerm {
    @Override
    public long value(Slots slots) {
      return switch (slots.within(condition)) {
        case Condition.TRUE -> yes.value(slots);
        case Condition.FALSE -> no.value(slots);
        default -> slots.fault();
      };
    }
  }

  /// {@return the sum}
  static long plus(long a, long b, Slots slots) {
    long sum = a + b;
    return ((a ^ sum) & (b ^ sum)) < 0 ? slots.fault() : sum;
  }

  /// {@return the difference}
  static long minus(long a, long b, Slots slots) {
    long difference = a - b;
    return ((a ^ b) & (a ^ difference)) < 0 ? slots.fault() : difference;
  }

  /// {@return the product}
  static long times(long a, long b, Slots slots) {
    long low = a * b;
    return Math.multiplyHigh(a, b) == low >> 63 ? low : slots.fault();
  }

  /// {@return the quotient, rounded towards zero}
  static long divide(long a, long b, Slots slots) {
    return b == 0 || (a == Long.MIN_VALUE && b == -1) ? slots.fault() : a / b;
  }

  /// {@return the remainder, with the sign of the dividend}
  static long remainder(long a, long b, Slots slots) {
    return b == 0 || (a == Long.MIN_VALUE && b == -1) ? slots.fault() : a % b;
  }

  /// {@return the size of a list, a map or a text}
  static long size(Object value, Slots slots) {
    return switch (value) {
      case String text -> {
        int length = text.length();
        yield slots.burn(length / ReferenceTerm.TEXT_PER_UNIT)
            ? text.codePointCount(0, length)
            : slots.fault();
      }
      case Collection<?> list -> list.size();
      case Map<?, ?> map -> map.size();
      default -> slots.fault();
    };
  }
}
