package dev.tenet.cel;

import dev.tenet.cel.plan.Condition;

/// A condition that has no typed form, and is evaluated by the nodes.
///
/// @param whole whether it is all of a rule's condition, which may be something else than true or false and is then false
record ExactPart(TreePlanner.Plan plan, boolean whole) {

  /// {@return what the condition is as an outcome}
  ///
  /// @throws EvaluationFault when it has none
  int test(Meter meter, Frame.Variables variables) {
    return plan.evaluate(meter, variables, null) instanceof Boolean truth
        ? Condition.of(truth)
        : whole ? Condition.FALSE : Condition.FAULT;
  }
}
