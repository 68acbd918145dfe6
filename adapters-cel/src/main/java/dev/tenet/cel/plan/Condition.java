package dev.tenet.cel.plan;

import dev.tenet.domain.evaluation.FactRecord;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An expression that is true, false or has a fault, over slots.
///
/// `&&`, `||` and `?:` follow CEL: the operand that decides absorbs a fault of the other, whatever their order. That is
/// Kleene's strong logic, in which the laws of distribution and De Morgan's hold.
public sealed interface Condition {

  int FALSE = 0;
  int TRUE = 1;
  int FAULT = 2;

  /// {@return [#FALSE], [#TRUE] or [#FAULT]}
  int test(Slots slots);

  /// {@return what a truth value is as an outcome}
  static int of(boolean truth) {
    return truth ? TRUE : FALSE;
  }

  /// Always the same.
  record Constant(boolean truth) implements Condition {
    @Override
    public int test(Slots slots) {
      return of(truth);
    }
  }

  /// Whether there is a value in a slot.
  record Present(int slot) implements Condition {
    @Override
    public int test(Slots slots) {
      return of(slots.present[slot]);
    }
  }

  /// Whether the object that a loop is at has a field.
  record ElementHas(int loop, int number) implements Condition {
    @Override
    public int test(Slots slots) {
      return of(slots.elements[loop] instanceof FactRecord object && object.has(number));
    }
  }

  /// A field that is a truth value.
  record Truth(int slot) implements Condition {
    @Override
    public int test(Slots slots) {
      return slots.present[slot] ? of(slots.words[slot] != 0) : FAULT;
    }
  }

  /// A truth value of the object that a loop is at.
  record ElementTruth(int loop, int number) implements Condition {
    @Override
    public int test(Slots slots) {
      return slots.elements[loop] instanceof FactRecord object
              && object.value(number) instanceof Boolean truth
          ? of(truth)
          : FAULT;
    }
  }

  /// A field that is compared with a literal.
  record IntegerSlot(int slot, Relation relation, long constant) implements Condition {
    @Override
    public int test(Slots slots) {
      return slots.present[slot] ? relation.test(slots.words[slot], constant) : FAULT;
    }
  }

  /// A field that is compared with a literal.
  record RealSlot(int slot, Relation relation, double constant) implements Condition {
    @Override
    public int test(Slots slots) {
      return slots.present[slot]
          ? relation.test(Double.longBitsToDouble(slots.words[slot]), constant)
          : FAULT;
    }
  }

  /// A field that is one of some texts.
  final class TextSlot implements Condition {
    private final int slot;
    private final Set<String> texts;

    /// The text when there is only one, otherwise null.
    private final @Nullable String only;

    public TextSlot(int slot, Set<String> texts) {
      this.slot = slot;
      this.texts = Set.copyOf(texts);
      this.only = texts.size() == 1 ? texts.iterator().next() : null;
    }

    /// {@return the slot}
    public int slot() {
      return slot;
    }

    /// {@return the texts}
    public Set<String> texts() {
      return texts;
    }

    @Override
    public int test(Slots slots) {
      Object text = slots.references[slot];
      if (text == null || !slots.present[slot]) {
        return FAULT;
      }
      return of(only != null ? only.equals(text) : texts.contains(text));
    }
  }

  /// An integer that is one of some literals.
  record IntegerIn(IntegerTerm term, IntegerSet constants) implements Condition {
    @Override
    public int test(Slots slots) {
      long value = term.value(slots);
      return slots.takeFault() ? FAULT : of(constants.contains(value));
    }
  }

  /// A text that is one of some literals.
  record TextIn(ReferenceTerm term, Set<String> texts) implements Condition {
    public TextIn {
      texts = Set.copyOf(texts);
    }

    @Override
    public int test(Slots slots) {
      Object value = term.value(slots);
      return slots.takeFault() ? FAULT : of(texts.contains(value));
    }
  }

  /// A text that is an element of a list of the facts.
  record TextInList(ReferenceTerm term, ReferenceTerm list) implements Condition {
    @Override
    public int test(Slots slots) {
      Object text = term.value(slots);
      Object elements = list.value(slots);
      return slots.takeFault() ? FAULT : contains(elements, text, slots);
    }
  }

  /// {@return whether a list contains a text}
  static int contains(Object elements, Object value, Slots slots) {
    if (!(elements instanceof List<?> list && value instanceof String text)) {
      return FAULT;
    }
    long each = 1L + text.length() / ReferenceTerm.TEXT_PER_UNIT;
    return slots.burn(each * list.size()) ? of(list.contains(text)) : FAULT;
  }

  /// Two integers compared.
  record Integers(IntegerTerm left, Relation relation, IntegerTerm right) implements Condition {
    @Override
    public int test(Slots slots) {
      int outcome = relation.test(left.value(slots), right.value(slots));
      return slots.takeFault() ? FAULT : outcome;
    }
  }

  /// Two floating-point numbers compared.
  record Reals(RealTerm left, Relation relation, RealTerm right) implements Condition {
    @Override
    public int test(Slots slots) {
      int outcome = relation.test(left.value(slots), right.value(slots));
      return slots.takeFault() ? FAULT : outcome;
    }
  }

  /// What is asked of two texts.
  enum TextRelation {
    EQUAL,
    STARTS_WITH,
    ENDS_WITH,
    CONTAINS
  }

  /// Two texts compared.
  record Texts(ReferenceTerm left, TextRelation relation, ReferenceTerm right)
      implements Condition {
    @Override
    public int test(Slots slots) {
      Object a = left.value(slots);
      Object b = right.value(slots);
      return slots.takeFault() ? FAULT : texts(a, relation, b, slots);
    }
  }

  /// {@return how two texts compare}
  static int texts(Object a, TextRelation relation, Object b, Slots slots) {
    if (!(a instanceof String text && b instanceof String other)) {
      return FAULT;
    }
    long lengths = (long) text.length() + other.length();
    long search =
        relation == TextRelation.CONTAINS ? (long) text.length() * other.length() / 32 : 0;
    if (!slots.burn(lengths / ReferenceTerm.TEXT_PER_UNIT + search)) {
      return FAULT;
    }
    return of(
        switch (relation) {
          case EQUAL -> text.equals(other);
          case STARTS_WITH -> text.startsWith(other);
          case ENDS_WITH -> text.endsWith(other);
          case CONTAINS -> text.contains(other);
        });
  }

  /// `a && b && …`
  final class And implements Condition {
    private final Condition[] operands;

    public And(List<Condition> operands) {
      this.operands = operands.toArray(Condition[]::new);
    }

    /// {@return the operands}
    public List<Condition> operands() {
      return List.of(operands);
    }

    @Override
    public int test(Slots slots) {
      int result = TRUE;
      for (Condition operand : operands) {
        int outcome = operand.test(slots);
        if (outcome == FALSE) {
          return FALSE;
        }
        result |= outcome;
      }
      return result == TRUE ? TRUE : FAULT;
    }
  }

  /// `a || b || …`
  final class Or implements Condition {
    private final Condition[] operands;

    public Or(List<Condition> operands) {
      this.operands = operands.toArray(Condition[]::new);
    }

    /// {@return the operands}
    public List<Condition> operands() {
      return List.of(operands);
    }

    @Override
    public int test(Slots slots) {
      int result = FALSE;
      for (Condition operand : operands) {
        int outcome = operand.test(slots);
        if (outcome == TRUE) {
          return TRUE;
        }
        result |= outcome;
      }
      return result;
    }
  }

  /// `!operand`
  record Not(Condition operand) implements Condition {
    @Override
    public int test(Slots slots) {
      return not(operand.test(slots));
    }
  }

  /// {@return the opposite; a fault stays one}
  static int not(int outcome) {
    return outcome == FAULT ? FAULT : 1 - outcome;
  }

  /// `condition ? yes : no`
  record Choice(Condition condition, Condition yes, Condition no) implements Condition {
    @Override
    public int test(Slots slots) {
      return switch (condition.test(slots)) {
        case TRUE -> yes.test(slots);
        case FALSE -> no.test(slots);
        default -> FAULT;
      };
    }
  }

  /// `left == right` of two truth values. Unlike the connectives it absorbs no fault.
  record Same(Condition left, Condition right) implements Condition {
    @Override
    public int test(Slots slots) {
      int outcome = left.test(slots);
      if (outcome == FAULT) {
        return FAULT;
      }
      int other = right.test(slots);
      return other == FAULT ? FAULT : of(outcome == other);
    }
  }

  /// A condition that has no typed form.
  ///
  /// @param expression what the fallback evaluates
  record Opaque(Object expression) implements Condition {
    @Override
    public int test(Slots slots) {
      return slots.fallback().test(expression);
    }
  }

  /// A condition on the elements of a list; see [Loop].
  record Quantified(Loop loop) implements Condition {
    @Override
    public int test(Slots slots) {
      return loop.test(slots);
    }
  }
}
