package dev.tenet.cel.index;

import dev.tenet.cel.plan.Condition;
import dev.tenet.cel.plan.IntegerTerm;
import dev.tenet.cel.plan.Relation;
import java.util.List;
import java.util.Optional;

/// What a condition asks of a single slot.
///
/// @param kind of the slot's values
/// @param values those with which the condition holds
/// @param whenMissing what the condition is when the slot has no value
record SlotConstraint(int slot, Kind kind, ValueSet values, int whenMissing) {

  /// The kinds of slots. A slot of any kind can be asked whether it is there.
  enum Kind {
    ANY,
    INTEGER,
    REAL,
    TEXT
  }

  private static final long INFINITY = key(Double.POSITIVE_INFINITY);

  /// {@return what the condition asks, when it asks something of one slot only and can be looked up}
  static Optional<SlotConstraint> of(Condition condition) {
    return switch (condition) {
      case Condition.Present(int slot) ->
          Optional.of(
              new SlotConstraint(slot, Kind.ANY, new ValueSet.Everything(true), Condition.FALSE));
      case Condition.Truth(int slot) -> asked(slot, Kind.INTEGER, ValueSet.Ranges.between(1, 2));
      case Condition.IntegerSlot(int slot, Relation relation, long constant) ->
          asked(
              slot,
              Kind.INTEGER,
              ranges(relation, constant, Long.MAX_VALUE, constant == Long.MAX_VALUE));
      case Condition.IntegerIn(IntegerTerm.Slot(int slot), var constants) ->
          asked(slot, Kind.INTEGER, ValueSet.Ranges.of(constants));
      case Condition.RealSlot(int slot, Relation relation, double constant) ->
          asked(slot, Kind.REAL, reals(relation, constant));
      case Condition.TextSlot text ->
          asked(text.slot(), Kind.TEXT, new ValueSet.Texts(true, text.texts()));
      case Condition.Not(var operand) -> of(operand).map(SlotConstraint::not);
      case Condition.And and -> all(and.operands());
      case Condition.Or or ->
          all(or.operands().stream().<Condition>map(Condition.Not::new).toList())
              .map(SlotConstraint::not);
      default -> Optional.empty();
    };
  }

  private static Optional<SlotConstraint> asked(int slot, Kind kind, ValueSet values) {
    return Optional.of(new SlotConstraint(slot, kind, values, Condition.FAULT));
  }

  private static Optional<SlotConstraint> all(List<Condition> operands) {
    Optional<SlotConstraint> all = Optional.empty();
    for (Condition operand : operands) {
      Optional<SlotConstraint> next = of(operand);
      if (next.isEmpty() || (all.isPresent() && all.get().slot != next.get().slot)) {
        return Optional.empty();
      }
      all = all.map(before -> before.and(next.get())).or(() -> next);
    }
    return all;
  }

  private static ValueSet reals(Relation relation, double constant) {
    if (Double.isNaN(constant)) {
      return new ValueSet.Everything(relation == Relation.DIFFERENT);
    }
    return ranges(relation, key(constant), INFINITY + 1, false);
  }

  /// @param end behind the last value that is greater than others
  /// @param last whether the constant is the last value that there is
  private static ValueSet ranges(Relation relation, long constant, long end, boolean last) {
    return switch (relation) {
      case LESS -> below(constant);
      case AT_LEAST -> upTo(ValueSet.Ranges.from(constant), end);
      case AT_MOST -> last ? new ValueSet.Everything(true) : below(constant + 1);
      case GREATER ->
          last ? new ValueSet.Everything(false) : upTo(ValueSet.Ranges.from(constant + 1), end);
      case EQUAL ->
          last ? ValueSet.Ranges.from(constant) : ValueSet.Ranges.between(constant, constant + 1);
      case DIFFERENT -> ranges(Relation.EQUAL, constant, end, last).complement();
    };
  }

  private static ValueSet below(long limit) {
    return ValueSet.Ranges.from(limit).complement();
  }

  private static ValueSet upTo(ValueSet.Ranges from, long end) {
    return end == Long.MAX_VALUE ? from : ValueSet.and(from, below(end));
  }

  /// {@return an integer that is ordered among others as the number is; NaN comes last, and 0 and -0 are the same}
  static long key(double number) {
    long bits = Double.doubleToLongBits(number + 0.0);
    return bits ^ ((bits >> 63) & Long.MAX_VALUE);
  }

  SlotConstraint and(SlotConstraint other) {
    return new SlotConstraint(
        slot,
        kind == Kind.ANY ? other.kind : kind,
        ValueSet.and(values, other.values),
        and(whenMissing, other.whenMissing));
  }

  SlotConstraint not() {
    return new SlotConstraint(slot, kind, values.complement(), Condition.not(whenMissing));
  }

  private static int and(int a, int b) {
    if (a == Condition.FALSE || b == Condition.FALSE) {
      return Condition.FALSE;
    }
    return a == Condition.TRUE ? b : a;
  }
}
