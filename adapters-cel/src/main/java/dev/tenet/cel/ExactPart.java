package dev.tenet.cel;

import dev.tenet.cel.plan.Condition;

/// A condition that has no typed form, and is evaluated by the nodes.
///
/// @param whole whether it is all of a rule's condition, which may be something else than true or false and is then false
record ExactPart(TreePlanner.Plan plan, boolean whole) {

  int test(Meter meter, Frame.Variables variables) {
    try {
      Object value = plan.evaluate(meter, variables, null);
      return value instanceof Boolean truth
          ? Condition.of(truth)
          : whole ? Condition.FALSE : Condition.FAULT;
    } catch (EvaluationFault fault) {
      return Condition.FAULT;
    }
  }
}
