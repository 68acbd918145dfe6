package dev.tenet.benchmark.contestant;

import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;
import dev.tenet.benchmark.rules.GeneratedRule;
import dev.tenet.benchmark.rules.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/// The decisions of cel-java's planner: a program for each rule.
///
/// @param <F> the form of the facts
final class PlannerDecisions<F> implements Decisions {

  private final String[] names;
  private final CelRuntime.Program[] conditions;
  private final List<F> facts;
  private final BiPredicate<CelRuntime.Program, F> holds;

  private PlannerDecisions(
      Planner planner,
      List<GeneratedRule> rules,
      List<F> facts,
      BiPredicate<CelRuntime.Program, F> holds) {
    this.names = rules.stream().map(GeneratedRule::name).toArray(String[]::new);
    this.conditions =
        rules.stream().map(rule -> planner.program(rule.cel())).toArray(CelRuntime.Program[]::new);
    this.facts = facts;
    this.holds = holds;
  }

  static Decisions onMaps(List<GeneratedRule> rules, List<Sample> samples) {
    List<Map<String, Map<String, Object>>> maps = samples.stream().map(Sample::plain).toList();
    return new PlannerDecisions<>(new Planner(Sample.SCHEMA), rules, maps, Planner::holds);
  }

  static Decisions onStructs(List<GeneratedRule> rules, List<Sample> samples) {
    Planner planner = new Planner(Sample.SCHEMA);
    List<CelVariableResolver> structs =
        samples.stream().map(sample -> planner.structs(sample.plain())).toList();
    return new PlannerDecisions<>(planner, rules, structs, Planner::holds);
  }

  @Override
  public List<String> decide(int sample) {
    return matches(sample);
  }

  @Override
  public List<String> matches(int sample) {
    F values = facts.get(sample);
    List<String> matches = new ArrayList<>();
    for (int i = 0; i < conditions.length; i++) {
      if (holds.test(conditions[i], values)) {
        matches.add(names[i]);
      }
    }
    return matches;
  }
}
