package dev.tenet.benchmark.run;

import dev.tenet.benchmark.contestant.Condition;
import dev.tenet.benchmark.contestant.Entrant;
import dev.tenet.benchmark.contestant.Question;
import dev.tenet.benchmark.rules.RuleShape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What is measured.
public final class Plan {

  /// How long one condition takes.
  public static final String CONDITION = "SingleConditionBenchmark.holds";

  /// How long all rules of a set take.
  public static final String RULE_SET = "RuleSetBenchmark.decide";

  /// What the answer takes by itself.
  public static final String ANSWER = "AnswerBenchmark.answer";

  /// How long facts take to read.
  public static final String FACTS = "FactsBenchmark.read";

  /// How long all rules take to compile.
  public static final String COMPILE_EVERYTHING = "CompileBenchmark.everything";

  /// How long they take when each of them was checked before.
  public static final String COMPILE_CHECKED = "CompileBenchmark.allChecked";

  /// How long one rule more takes.
  public static final String COMPILE_ONE_MORE = "CompileBenchmark.oneMore";

  /// How long a call of a module takes, which another thread makes.
  public static final String MODULE = "GuestBenchmark.module";

  /// How long one takes that this thread makes.
  public static final String MODULE_IN_PLACE = "GuestBenchmark.moduleInPlace";

  /// How long one takes with an instance of its own.
  public static final String ISOLATED = "GuestBenchmark.isolated";

  /// How long a call of a script takes.
  public static final String SCRIPT = "GuestBenchmark.script";

  /// How long it takes from the code of a module to its first answer.
  public static final String RELOAD = "GuestBenchmark.reload";

  /// How long a call takes that has no end of its own.
  public static final String ENDLESS = "GuestBenchmark.endless";

  /// The entrants' parameter.
  public static final String ENTRANT = "entrant";

  /// The conditions' parameter.
  public static final String EXECUTOR = "condition";

  /// The parameter of single conditions.
  public static final String QUESTION = "question";

  /// How many rules.
  public static final String RULES = "rules";

  /// Which kind of rules.
  public static final String SHAPE = "shape";

  private Plan() {}

  /// {@return what the targets need}
  public static List<Measurement> targets() {
    List<Measurement> plan = new ArrayList<>();
    plan.add(
        Measurement.of(CONDITION)
            .with(QUESTION, Question.SIMPLE)
            .with(EXECUTOR, Condition.TREE, Condition.BYTECODE, Condition.PLANNER_STRUCTS));
    plan.add(
        Measurement.of(CONDITION)
            .with(QUESTION, Question.COMPREHENSION)
            .with(EXECUTOR, Condition.BYTECODE, Condition.PLANNER_STRUCTS));
    plan.add(rules(Entrant.TENET, RuleShape.SELECTIVE, 1_000).withAllocations());
    plan.add(Measurement.of(ANSWER).withAllocations());
    plan.add(rules(Entrant.PLANNER_STRUCTS, RuleShape.SELECTIVE, 1_000));
    plan.add(rules(Entrant.DROOLS, RuleShape.SELECTIVE, 1_000));
    for (RuleShape shape : List.of(RuleShape.SELECTIVE, RuleShape.PARTLY_INDEXABLE)) {
      plan.add(rules(Entrant.TENET, shape, 10_000));
      plan.add(rules(Entrant.PLANNER_MAPS, shape, 10_000));
    }
    plan.addAll(compiling());
    plan.addAll(guests());
    return single(plan);
  }

  /// {@return what the page about performance shows}
  public static List<Measurement> everything() {
    List<Measurement> plan = new ArrayList<>();
    plan.add(
        Measurement.of(CONDITION)
            .with(QUESTION, (Object[]) Question.values())
            .with(EXECUTOR, (Object[]) Condition.values()));
    plan.add(Measurement.of(ANSWER).withAllocations());
    plan.add(Measurement.of(FACTS).withAllocations());
    for (RuleShape shape : RuleShape.values()) {
      for (Entrant entrant : Entrant.values()) {
        plan.add(
            Measurement.of(RULE_SET)
                .with(SHAPE, shape)
                .with(ENTRANT, entrant)
                .with(RULES, (Object[]) sizes(entrant))
                .withAllocations());
      }
    }
    plan.addAll(compiling());
    plan.addAll(guests());
    return single(plan);
  }

  /// As many rules as the entrant compiles in bearable time.
  private static Integer[] sizes(Entrant entrant) {
    return switch (entrant) {
      case TENET, HAND_WRITTEN -> new Integer[] {1, 10, 100, 1_000, 10_000, 100_000};
      case PLANNER_MAPS, PLANNER_STRUCTS, AVIATOR -> new Integer[] {1, 10, 100, 1_000, 10_000};
      case DROOLS -> new Integer[] {1, 10, 100, 1_000};
    };
  }

  private static Measurement rules(Entrant entrant, RuleShape shape, int rules) {
    return Measurement.of(RULE_SET).with(SHAPE, shape).with(ENTRANT, entrant).with(RULES, rules);
  }

  private static List<Measurement> compiling() {
    return List.of(
        Measurement.of(COMPILE_EVERYTHING).inSingleShots(),
        Measurement.of(COMPILE_CHECKED),
        Measurement.of(COMPILE_ONE_MORE));
  }

  private static List<Measurement> guests() {
    return Stream.of(MODULE, MODULE_IN_PLACE, ISOLATED, SCRIPT, RELOAD, ENDLESS)
        .map(Measurement::of)
        .toList();
  }

  private static List<Measurement> single(List<Measurement> plan) {
    return plan.stream().flatMap(measurement -> measurement.single().stream()).toList();
  }
}
