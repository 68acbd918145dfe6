package dev.tenet.cel.plan;

import dev.tenet.domain.evaluation.FactRecord;

/// An expression whose value is a 64-bit floating-point number. A term without a value says so by [Slots#fault()].
public sealed interface RealTerm {

  /// {@return the value}
  double value(Slots slots);

  /// A literal.
  record Constant(double number) implements RealTerm {
    @Override
    public double value(Slots slots) {
      return number;
    }
  }

  /// A field of the facts, or a derived field.
  record Slot(int slot) implements RealTerm {
    @Override
    public double value(Slots slots) {
      return slots.present[slot] ? Double.longBitsToDouble(slots.words[slot]) : slots.fault();
    }
  }

  /// The element that a loop is at.
  record Element(int loop) implements RealTerm {
    @Override
    public double value(Slots slots) {
      return Double.longBitsToDouble(slots.elementWords[loop]);
    }
  }

  /// A field of the object that a loop is at.
  record ElementField(int loop, int number) implements RealTerm {
    @Override
    public double value(Slots slots) {
      return slots.elements[loop] instanceof FactRecord object
              && object.value(number) instanceof Double real
          ? real
          : slots.fault();
    }
  }

  /// The arithmetic of floating-point numbers.
  enum Operation {
    PLUS,
    MINUS,
    TIMES,
    DIVIDE
  }

  /// `left + right` and so on.
  record Arithmetic(Operation operation, RealTerm left, RealTerm right) implements RealTerm {
    @Override
    public double value(Slots slots) {
      double a = left.value(slots);
      double b = right.value(slots);
      return switch (operation) {
        case PLUS -> a + b;
        case MINUS -> a - b;
        case TIMES -> a * b;
        case DIVIDE -> a / b;
      };
    }
  }

  /// `-operand`
  record Negated(RealTerm operand) implements RealTerm {
    @Override
    public double value(Slots slots) {
      return -operand.value(slots);
    }
  }

  /// `double(operand)`, and an integer that is compared with a floating-point number.
  record OfInteger(IntegerTerm operand) implements RealTerm {
    @Override
    public double value(Slots slots) {
      return operand.value(slots);
    }
  }

  /// `condition ? yes : no`
  record Choice(Condition condition, RealTerm yes, RealTerm no) implements RealTerm {
    @Override
    public double value(Slots slots) {
      return switch (slots.within(condition)) {
        case Condition.TRUE -> yes.value(slots);
        case Condition.FALSE -> no.value(slots);
        default -> slots.fault();
      };
    }
  }
}
