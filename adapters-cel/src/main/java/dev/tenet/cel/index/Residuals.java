package dev.tenet.cel.index;

import dev.tenet.cel.plan.Condition;
import dev.tenet.cel.plan.Slots;
import java.util.List;

/// Conditions that are evaluated one by one, by their numbers.
public interface Residuals {

  /// {@return [Condition#FALSE], [Condition#TRUE] or [Condition#FAULT]}
  int test(int number, Slots slots);

  /// {@return the conditions, evaluating themselves}
  static Residuals of(List<Condition> conditions) {
    Condition[] byNumber = conditions.toArray(Condition[]::new);
    return (number, slots) -> byNumber[number].test(slots);
  }
}
