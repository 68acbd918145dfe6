package dev.tenet.cel.index;

import dev.tenet.cel.plan.Condition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Takes conditions apart: a condition holds when one of its terms does, and a term when all that it asks of single slots
/// holds and its residuals do. Kleene's logic allows that as the ordinary one does.
final class Terms {

  /// How many terms a condition may have. Beyond that it is a residual: more bits would cost more than evaluating it.
  private static final int MOST = 8;

  /// One way in which a condition holds.
  ///
  /// @param constraints what is asked of single slots, by slot
  /// @param residuals what must be evaluated
  record Term(Map<Integer, SlotConstraint> constraints, List<Condition> residuals) {

    static final Term TRUE = new Term(Map.of(), List.of());

    static Term residual(Condition condition) {
      return new Term(Map.of(), List.of(condition));
    }

    Term and(Term other) {
      Map<Integer, SlotConstraint> both = new LinkedHashMap<>(constraints);
      other.constraints.forEach((slot, asked) -> both.merge(slot, asked, SlotConstraint::and));
      List<Condition> all = new ArrayList<>(residuals);
      all.addAll(other.residuals);
      return new Term(both, all);
    }
  }

  private Terms() {}

  /// {@return the terms of a condition; none when it is never true and has no fault}
  static List<Term> of(Condition condition) {
    return of(condition, false);
  }

  private static List<Term> of(Condition condition, boolean negated) {
    var constraint = SlotConstraint.of(condition);
    if (constraint.isPresent()) {
      SlotConstraint asked = negated ? constraint.get().not() : constraint.get();
      return List.of(new Term(Map.of(asked.slot(), asked), List.of()));
    }
    return switch (condition) {
      case Condition.Constant(boolean truth) -> truth == negated ? List.of() : List.of(Term.TRUE);
      case Condition.Not(var operand) -> of(operand, !negated);
      case Condition.And and ->
          negated ? any(condition, and.operands(), true) : all(and.operands(), false);
      case Condition.Or or ->
          negated ? all(or.operands(), true) : any(condition, or.operands(), false);
      default -> residual(condition, negated);
    };
  }

  private static List<Term> residual(Condition condition, boolean negated) {
    return List.of(Term.residual(negated ? new Condition.Not(condition) : condition));
  }

  private static List<Term> any(Condition whole, List<Condition> operands, boolean negated) {
    List<Term> any = new ArrayList<>();
    for (Condition operand : operands) {
      any.addAll(of(operand, negated));
      if (any.size() > MOST) {
        return residual(whole, negated);
      }
    }
    return any;
  }

  private static List<Term> all(List<Condition> operands, boolean negated) {
    List<Term> all = List.of(Term.TRUE);
    for (Condition operand : operands) {
      List<Term> next = of(operand, negated);
      if (all.size() * next.size() > MOST) {
        next = residual(operand, negated);
      }
      List<Term> product = new ArrayList<>(all.size() * next.size());
      for (Term term : all) {
        next.forEach(other -> product.add(term.and(other)));
      }
      all = product;
    }
    return all;
  }
}
