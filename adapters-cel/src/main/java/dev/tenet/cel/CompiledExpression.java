package dev.tenet.cel;

import org.jspecify.annotations.Nullable;

/// An expression that has been checked and, unless it is faulty, planned.
record CompiledExpression(Checked checked, TreePlanner.@Nullable Plan plan) {

  Object evaluate(Meter meter, Frame.Variables variables, @Nullable Recorder recorder) {
    TreePlanner.Plan runnable = plan;
    if (runnable == null) {
      throw new IllegalStateException("a faulty expression cannot be evaluated");
    }
    return runnable.evaluate(meter, variables, recorder);
  }
}
