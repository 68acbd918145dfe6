package dev.tenet.benchmark.contestant;

import com.googlecode.aviator.Expression;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import dev.tenet.cel.ConditionExecutors;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/// Who says whether a single condition holds.
public enum Condition {
  /// Tenet's typed nodes.
  TREE("Tenet, tree") {
    @Override
    public IntPredicate prepare(Question question) {
      return ConditionExecutors.tree(question.cel(), question.schema(), question.facts());
    }
  },

  /// Tenet's generated code.
  BYTECODE("Tenet, bytecode") {
    @Override
    public IntPredicate prepare(Question question) {
      return ConditionExecutors.bytecode(question.cel(), question.schema(), question.facts());
    }
  },

  /// cel-java's planner on maps, its usual input.
  PLANNER_MAPS("cel-java planner, maps") {
    @Override
    public IntPredicate prepare(Question question) {
      CelRuntime.Program program = new Planner(question.schema()).program(question.cel());
      List<Map<String, Map<String, Object>>> facts = question.facts();
      return number -> Planner.holds(program, facts.get(number));
    }
  },

  /// cel-java's planner on values that it need not convert, its best input.
  PLANNER_STRUCTS("cel-java planner, structs") {
    @Override
    public IntPredicate prepare(Question question) {
      Planner planner = new Planner(question.schema());
      CelRuntime.Program program = planner.program(question.cel());
      CelVariableResolver[] facts =
          question.facts().stream().map(planner::structs).toArray(CelVariableResolver[]::new);
      return number -> Planner.holds(program, facts[number]);
    }
  },

  /// Aviator, which compiles each expression to a class.
  AVIATOR("Aviator") {
    @Override
    public IntPredicate prepare(Question question) {
      Expression condition = AviatorDecisions.compile(question.aviator());
      List<Map<String, Object>> facts =
          question.facts().stream().map(AviatorDecisions::environment).toList();
      return number -> Boolean.TRUE.equals(condition.execute(facts.get(number)));
    }
  },

  /// The condition as a person would write it in a program.
  HAND_WRITTEN("hand-written Java") {
    @Override
    public IntPredicate prepare(Question question) {
      return question.handWritten();
    }
  };

  private final String title;

  Condition(String title) {
    this.title = title;
  }

  /// {@return the name for people}
  public String title() {
    return title;
  }

  /// {@return the condition on each of the question's facts, by their number}
  public abstract IntPredicate prepare(Question question);
}
