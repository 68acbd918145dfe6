package dev.tenet.benchmark.contestant;

import dev.tenet.benchmark.rules.GeneratedRule;
import dev.tenet.benchmark.rules.Sample;
import java.util.List;

/// Who decides about facts.
public enum Entrant {
  /// Tenet, on facts that were read before; the answer holds the rules that matched.
  TENET("Tenet"),
  /// cel-java's planner on maps, its usual input.
  PLANNER_MAPS("cel-java planner, maps"),
  /// cel-java's planner on values that it need not convert, its best input.
  PLANNER_STRUCTS("cel-java planner, structs"),
  /// Drools with its executable model.
  DROOLS("Drools, executable model"),
  /// Aviator, which compiles each expression to a class.
  AVIATOR("Aviator"),
  /// Conditions as a person would write them in a program.
  HAND_WRITTEN("hand-written Java");

  private final String title;

  Entrant(String title) {
    this.title = title;
  }

  /// {@return the name for people}
  public String title() {
    return title;
  }

  /// {@return the rules on the facts, ready to decide}
  public Decisions prepare(List<GeneratedRule> rules, List<Sample> samples) {
    return switch (this) {
      case TENET -> TenetDecisions.prepare(rules, samples);
      case PLANNER_MAPS -> PlannerDecisions.onMaps(rules, samples);
      case PLANNER_STRUCTS -> PlannerDecisions.onStructs(rules, samples);
      case DROOLS -> DroolsDecisions.prepare(rules, samples);
      case AVIATOR -> AviatorDecisions.prepare(rules, samples);
      case HAND_WRITTEN -> HandWrittenDecisions.prepare(rules, samples);
    };
  }
}
