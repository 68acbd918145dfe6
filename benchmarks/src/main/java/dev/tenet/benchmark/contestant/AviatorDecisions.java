package dev.tenet.benchmark.contestant;

import com.googlecode.aviator.AviatorEvaluator;
import com.googlecode.aviator.AviatorEvaluatorInstance;
import com.googlecode.aviator.EvalMode;
import com.googlecode.aviator.Expression;
import dev.tenet.benchmark.rules.GeneratedRule;
import dev.tenet.benchmark.rules.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Aviator's decisions: a compiled expression for each rule, on maps.
final class AviatorDecisions implements Decisions {

  private static final AviatorEvaluatorInstance EVALUATOR =
      AviatorEvaluator.newInstance(EvalMode.ASM);

  private final String[] names;
  private final Expression[] conditions;
  private final List<Map<String, Object>> facts;

  private AviatorDecisions(
      String[] names, Expression[] conditions, List<Map<String, Object>> facts) {
    this.names = names;
    this.conditions = conditions;
    this.facts = facts;
  }

  static AviatorDecisions prepare(List<GeneratedRule> rules, List<Sample> samples) {
    return new AviatorDecisions(
        rules.stream().map(GeneratedRule::name).toArray(String[]::new),
        rules.stream().map(rule -> compile(rule.aviator())).toArray(Expression[]::new),
        samples.stream().map(sample -> environment(sample.plain())).toList());
  }

  static Expression compile(String text) {
    return EVALUATOR.compile(text);
  }

  /// {@return the facts in a map that Aviator may write to}
  static Map<String, Object> environment(Map<String, Map<String, Object>> facts) {
    return new HashMap<>(facts);
  }

  @Override
  public List<String> decide(int sample) {
    return matches(sample);
  }

  @Override
  public List<String> matches(int sample) {
    Map<String, Object> values = facts.get(sample);
    List<String> matches = new ArrayList<>();
    for (int i = 0; i < conditions.length; i++) {
      if (Boolean.TRUE.equals(conditions[i].execute(values))) {
        matches.add(names[i]);
      }
    }
    return matches;
  }
}
