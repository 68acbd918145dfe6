package dev.tenet.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import java.util.Map;
import java.util.Set;

/// Makes planners of typed conditions.
///
/// @param cost the work that one evaluation may do; half of it may go into loops and texts
record ExpressionPlanner(FunctionTable functions, long cost) {

  /// The most that a typed condition may burn: beyond that the nodes take over, which look at the time.
  private static final long MOST_FUEL = 500_000;

  /// {@return the fuel of a typed condition}
  long fuel() {
    return Math.min(MOST_FUEL, cost / 2);
  }

  /// {@return a planner of an expression}
  ///
  /// @param derived where the derived fields are
  /// @param used the derived fields that the expression uses
  ConditionPlanner of(
      CelAbstractSyntaxTree ast,
      SchemaTypes schema,
      Map<String, Places.Place> derived,
      Set<String> used) {
    return new ConditionPlanner(
        ast,
        new Places(schema.layout(), derived),
        part -> TreePlanner.plan(ast, part, functions, schema, used),
        fuel());
  }
}
