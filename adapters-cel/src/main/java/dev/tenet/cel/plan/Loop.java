package dev.tenet.cel.plan;

import dev.tenet.domain.evaluation.IntegerList;
import dev.tenet.domain.evaluation.RealList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `list.exists(x, …)`, `list.all(x, …)` or `list.exists_one(x, …)` over a list of the facts.
///
/// @param depth how many loops it is in
/// @param fuelPerElement no less than what evaluating the body exactly costs each time, texts aside
public record Loop(
    Quantifier quantifier, ReferenceTerm list, int depth, Condition body, long fuelPerElement) {

  /// How many elements must satisfy the body. A fault of the body counts only when no other element decides, but for
  /// `exists_one`, where any counts.
  public enum Quantifier {
    ANY,
    ALL,
    ONE
  }

  int test(Slots slots) {
    Object elements = list.value(slots);
    if (slots.takeFault()
        || !(elements instanceof List<?> all)
        || !slots.burn(fuelPerElement * all.size())) {
      return Condition.FAULT;
    }
    boolean fault = false;
    int satisfied = 0;
    for (int i = 0; i < all.size(); i++) {
      enter(slots, all, i);
      int outcome = body.test(slots);
      if (decides(outcome)) {
        return outcome;
      }
      fault |= outcome == Condition.FAULT;
      satisfied += outcome & Condition.TRUE;
    }
    if (fault) {
      return Condition.FAULT;
    }
    return switch (quantifier) {
      case ANY -> Condition.FALSE;
      case ALL -> Condition.TRUE;
      case ONE -> Condition.of(satisfied == 1);
    };
  }

  private boolean decides(int outcome) {
    return switch (quantifier) {
      case ANY -> outcome == Condition.TRUE;
      case ALL -> outcome == Condition.FALSE;
      case ONE -> outcome == Condition.FAULT;
    };
  }

  private void enter(Slots slots, List<?> all, int index) {
    switch (all) {
      case IntegerList integers -> slots.elementWords[depth] = integers.integer(index);
      case RealList reals ->
          slots.elementWords[depth] = Double.doubleToRawLongBits(reals.real(index));
      default -> enter(slots, all.get(index));
    }
  }

  private void enter(Slots slots, @Nullable Object element) {
    switch (element) {
      case Long integer -> slots.elementWords[depth] = integer;
      case Double real -> slots.elementWords[depth] = Double.doubleToRawLongBits(real);
      case null, default -> slots.elements[depth] = element;
    }
  }
}
