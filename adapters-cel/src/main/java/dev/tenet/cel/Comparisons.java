package dev.tenet.cel;

import dev.tenet.cel.plan.Condition;
import dev.tenet.cel.plan.Condition.TextRelation;
import dev.tenet.cel.plan.IntegerTerm;
import dev.tenet.cel.plan.RealTerm;
import dev.tenet.cel.plan.ReferenceTerm;
import dev.tenet.cel.plan.Relation;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.DoublePredicate;

/// Makes comparisons in their simplest form: of a slot with a literal, wherever they are that, so that they can be indexed.
final class Comparisons {

  private Comparisons() {}

  static Condition integers(IntegerTerm left, Relation relation, IntegerTerm right) {
    if (left instanceof IntegerTerm.Constant && !(right instanceof IntegerTerm.Constant)) {
      return integers(right, relation.mirrored(), left);
    }
    return left instanceof IntegerTerm.Slot(int slot)
            && right instanceof IntegerTerm.Constant(long constant)
        ? new Condition.IntegerSlot(slot, relation, constant)
        : new Condition.Integers(left, relation, right);
  }

  static Condition reals(RealTerm left, Relation relation, RealTerm right) {
    RealTerm simple = literal(left);
    if (simple instanceof RealTerm.Constant && !(literal(right) instanceof RealTerm.Constant)) {
      return reals(right, relation.mirrored(), simple);
    }
    if (literal(right) instanceof RealTerm.Constant(double constant)) {
      if (left instanceof RealTerm.Slot(int slot)) {
        return new Condition.RealSlot(slot, relation, constant);
      }
      if (left instanceof RealTerm.OfInteger(IntegerTerm.Slot(int slot))
          && !Double.isNaN(constant)) {
        return integerWithReal(slot, relation, constant);
      }
    }
    return new Condition.Reals(left, relation, right);
  }

  private static RealTerm literal(RealTerm term) {
    return term instanceof RealTerm.OfInteger(IntegerTerm.Constant(long number))
        ? new RealTerm.Constant(number)
        : term;
  }

  /// An integer is compared with a floating-point number as one. As its conversion never changes the order, the integers for
  /// which the comparison holds are those on one side of a border.
  private static Condition integerWithReal(int slot, Relation relation, double constant) {
    OptionalLong first = first(number -> number >= constant);
    OptionalLong behind = first(number -> number > constant);
    return switch (relation) {
      case LESS -> below(slot, first);
      case AT_MOST -> below(slot, behind);
      case AT_LEAST -> new Condition.Not(below(slot, first));
      case GREATER -> new Condition.Not(below(slot, behind));
      case EQUAL ->
          new Condition.And(List.of(new Condition.Not(below(slot, first)), below(slot, behind)));
      case DIFFERENT ->
          new Condition.Or(List.of(below(slot, first), new Condition.Not(below(slot, behind))));
    };
  }

  private static Condition below(int slot, OptionalLong border) {
    return border.isPresent()
        ? new Condition.IntegerSlot(slot, Relation.LESS, border.getAsLong())
        : new Condition.IntegerSlot(slot, Relation.AT_MOST, Long.MAX_VALUE);
  }

  /// {@return the first integer of which something is true that stays true for all higher ones}
  private static OptionalLong first(DoublePredicate holds) {
    if (!holds.test((double) Long.MAX_VALUE)) {
      return OptionalLong.empty();
    }
    long low = Long.MIN_VALUE;
    long high = Long.MAX_VALUE;
    while (low < high) {
      long middle = (low & high) + ((low ^ high) >> 1);
      if (holds.test((double) middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return OptionalLong.of(low);
  }

  static Condition texts(ReferenceTerm left, TextRelation relation, ReferenceTerm right) {
    if (relation == TextRelation.EQUAL) {
      if (right instanceof ReferenceTerm.Constant(String text)) {
        return in(left, Set.of(text));
      }
      if (left instanceof ReferenceTerm.Constant(String text)) {
        return in(right, Set.of(text));
      }
    }
    return new Condition.Texts(left, relation, right);
  }

  static Condition in(ReferenceTerm term, Set<String> texts) {
    return term instanceof ReferenceTerm.Slot(int slot)
        ? new Condition.TextSlot(slot, texts)
        : new Condition.TextIn(term, texts);
  }

  static IntegerTerm arithmetic(
      IntegerTerm.Operation operation, IntegerTerm left, IntegerTerm right) {
    return new IntegerTerm.Arithmetic(operation, left, right);
  }

  static IntegerTerm negated(IntegerTerm operand) {
    return operand instanceof IntegerTerm.Constant(long number) && number != Long.MIN_VALUE
        ? new IntegerTerm.Constant(-number)
        : new IntegerTerm.Negated(operand);
  }

  static RealTerm negated(RealTerm operand) {
    return operand instanceof RealTerm.Constant(double number)
        ? new RealTerm.Constant(-number)
        : new RealTerm.Negated(operand);
  }
}
