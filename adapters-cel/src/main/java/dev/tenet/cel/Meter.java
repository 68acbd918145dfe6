package dev.tenet.cel;

import com.google.common.collect.ImmutableList;
import dev.cel.common.values.CelByteString;
import dev.tenet.cel.plan.TimeLimit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The work that an evaluation may still do. Every operation is charged before it is done, in units of about one
/// operation on a scalar; confined to one thread.
final class Meter {

  /// How many characters or bytes of text cost one unit.
  static final int TEXT_PER_UNIT = 8;

  private static final int CHECK_EVERY = 1024;
  private static final int DEEPEST_VALUE = 500;

  private final long limit;
  private final TimeLimit time;
  private @Nullable Map<Object, Object> answers;
  private long left;
  private int sinceCheck;

  /// @param limit the units that each expression may spend
  /// @param time what the decision may take
  Meter(long limit, TimeLimit time) {
    this.limit = limit;
    this.time = time;
    this.left = limit;
  }

  /// Grants the next expression its budget.
  void restart() {
    left = limit;
  }

  long left() {
    return left;
  }

  /// Continues with what was left before another expression was evaluated.
  void resume(long before) {
    left = before;
  }

  /// {@return the moment of `System.nanoTime()` at which the decision must have ended}
  long deadline() {
    return time.deadline();
  }

  /// {@return what the question was answered with in this decision, or what `answer` says now}
  ///
  /// The same question has one answer in a decision, however often its rules ask and are explained.
  Object answer(Object question, Supplier<Object> answer) {
    Map<Object, Object> all = answers == null ? new HashMap<>() : answers;
    answers = all;
    Object known = all.get(question);
    if (known == null) {
      known = answer.get();
      all.put(question, known);
    }
    return known;
  }

  /// Checks the deadline, whatever was charged.
  void checkDeadline() {
    sinceCheck = 0;
    if (time.isOver()) {
      throw EvaluationFault.exhausted(
          "deadline_exceeded", "The decision took longer than its evaluation time allows.");
    }
  }

  void charge(long units) {
    if (units > left) {
      left = 0;
      throw EvaluationFault.exhausted(
          "cost_exceeded",
          "The expression needs more work than the limit of %d units allows.".formatted(limit));
    }
    left -= units;
    sinceCheck += (int) Math.min(units, CHECK_EVERY);
    if (sinceCheck >= CHECK_EVERY) {
      checkDeadline();
    }
  }

  /// Charges for going through a value with all it contains, each part as often as it occurs.
  void chargeDeep(Object value) {
    chargeDeep(value, 0);
  }

  private void chargeDeep(Object value, int depth) {
    if (depth > DEEPEST_VALUE) {
      throw EvaluationFault.exhausted("result_too_large", "A value nests too deeply.");
    }
    charge(1 + textWeight(value));
    switch (value) {
      case Collection<?> elements -> elements.forEach(element -> chargeDeep(element, depth + 1));
      case Map<?, ?> map ->
          map.forEach(
              (key, element) -> {
                chargeDeep(key, depth + 1);
                chargeDeep(element, depth + 1);
              });
      case Struct struct ->
          struct.present().forEach((name, element) -> chargeDeep(element, depth + 1));
      case Optional<?> optional -> optional.ifPresent(element -> chargeDeep(element, depth + 1));
      default -> {}
    }
  }

  /// {@return the units for the text of a value, or 0}
  static long textWeight(Object value) {
    return switch (value) {
      case String text -> text.length() / TEXT_PER_UNIT;
      case CelByteString bytes -> bytes.size() / TEXT_PER_UNIT;
      default -> 0;
    };
  }

  /// {@return the units for going through the value without what its elements contain}
  static long size(Object value) {
    return switch (value) {
      case Collection<?> elements -> elements.size();
      case Map<?, ?> map -> map.size();
      default -> textWeight(value);
    };
  }

  /// {@return the elements of a list value}
  static List<?> elements(Object value) {
    return value instanceof List<?> list ? list : ImmutableList.copyOf((Collection<?>) value);
  }
}
