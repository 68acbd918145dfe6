package dev.tenet.benchmark.report;

import static dev.tenet.benchmark.report.Target.Bound.AT_LEAST;
import static dev.tenet.benchmark.report.Target.Bound.AT_MOST;

import dev.tenet.benchmark.contestant.Condition;
import dev.tenet.benchmark.contestant.Entrant;
import dev.tenet.benchmark.contestant.Question;
import dev.tenet.benchmark.jmh.GuestBenchmark;
import dev.tenet.benchmark.report.Target.Bound;
import dev.tenet.benchmark.rules.RuleShape;
import dev.tenet.benchmark.run.Measuring;
import dev.tenet.benchmark.run.Plan;
import dev.tenet.benchmark.run.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// The ratios and times that Tenet wants to reach.
public final class Targets {

  private final Scores scores;
  private final List<Target> targets = new ArrayList<>();

  private Targets(Scores scores) {
    this.scores = scores;
  }

  /// {@return all targets, with what was measured}
  public static List<Target> of(Scores scores) {
    Targets all = new Targets(scores);
    all.conditions();
    all.ruleSets();
    all.compiling();
    all.guests();
    all.serving();
    return List.copyOf(all.targets);
  }

  private void conditions() {
    String best = ", against cel-java's planner on its best input (times faster)";
    OptionalDouble simple = condition(Question.SIMPLE, Condition.PLANNER_STRUCTS);
    OptionalDouble comprehension = condition(Question.COMPREHENSION, Condition.PLANNER_STRUCTS);
    add(
        "one rule, tree" + best,
        ratio(simple, condition(Question.SIMPLE, Condition.TREE)),
        AT_LEAST,
        10);
    add(
        "one rule, bytecode" + best,
        ratio(simple, condition(Question.SIMPLE, Condition.BYTECODE)),
        AT_LEAST,
        25);
    add(
        "one rule with a comprehension over 20 elements, bytecode" + best,
        ratio(comprehension, condition(Question.COMPREHENSION, Condition.BYTECODE)),
        AT_LEAST,
        100);
  }

  private void ruleSets() {
    OptionalDouble thousand = rules(Entrant.TENET, RuleShape.SELECTIVE, 1_000);
    OptionalDouble tenThousand = rules(Entrant.TENET, RuleShape.SELECTIVE, 10_000);
    add(
        "1,000 rules against cel-java's planner on its best input (times faster)",
        ratio(rules(Entrant.PLANNER_STRUCTS, RuleShape.SELECTIVE, 1_000), thousand),
        AT_LEAST,
        100);
    add(
        "10,000 indexable rules against cel-java's planner on maps (times faster)",
        ratio(rules(Entrant.PLANNER_MAPS, RuleShape.SELECTIVE, 10_000), tenThousand),
        AT_LEAST,
        5_000);
    add(
        "10,000 rules, 20 % not indexable, against cel-java's planner on maps (times faster)",
        ratio(
            rules(Entrant.PLANNER_MAPS, RuleShape.PARTLY_INDEXABLE, 10_000),
            rules(Entrant.TENET, RuleShape.PARTLY_INDEXABLE, 10_000)),
        AT_LEAST,
        500);
    add("10,000 rules against 1,000 (times the cost)", ratio(tenThousand, thousand), AT_MOST, 2);
    add(
        "1,000 rules against Drools 10, executable model (times faster)",
        ratio(rules(Entrant.DROOLS, RuleShape.SELECTIVE, 1_000), thousand),
        AT_LEAST,
        200);
    add(
        "memory of a decision, 1,000 rules, against its answer alone (times the bytes)",
        ratio(
            scores.allocated(Plan.RULE_SET, parameters(Entrant.TENET, RuleShape.SELECTIVE, 1_000)),
            scores.allocated(Plan.ANSWER, Map.of())),
        AT_MOST,
        1.1);
  }

  private void compiling() {
    OptionalDouble everything = scores.time(Plan.COMPILE_EVERYTHING, Map.of());
    OptionalDouble checked = scores.time(Plan.COMPILE_CHECKED, Map.of());
    OptionalDouble checking =
        everything.isPresent() && checked.isPresent()
            ? OptionalDouble.of(everything.getAsDouble() - checked.getAsDouble())
            : OptionalDouble.empty();
    add(
        "index of 10,000 rules against checking them (share of the time)",
        ratio(checked, checking),
        AT_MOST,
        0.1);
    add(
        "one rule added to 10,000, until it is evaluated, against compiling all (share of the time)",
        ratio(scores.time(Plan.COMPILE_ONE_MORE, Map.of()), everything),
        AT_MOST,
        0.02);
  }

  private void guests() {
    add("call of a WebAssembly module, p50 (microseconds)", micros(Plan.MODULE), AT_MOST, 5);
    add(
        "the same from another plugin, p50 (microseconds)",
        micros(Plan.MODULE_IN_PLACE),
        AT_MOST,
        5);
    add(
        "call of a WebAssembly module with an instance of its own, p50 (microseconds)",
        micros(Plan.ISOLATED),
        AT_MOST,
        100);
    add("call of a script, p50 (microseconds)", micros(Plan.SCRIPT), AT_MOST, 150);
    add(
        "code of a WebAssembly module, until its first answer, p50 (milliseconds)",
        scaled(scores.time(Plan.RELOAD, Map.of()), 1_000_000),
        AT_MOST,
        100);
    OptionalDouble endless = scores.time(Plan.ENDLESS, Map.of());
    add(
        "endless script, how much longer than its timeout, p50 (milliseconds)",
        endless.isPresent()
            ? OptionalDouble.of(
                (endless.getAsDouble() - GuestBenchmark.TIMEOUT.toNanos()) / 1_000_000)
            : endless,
        AT_MOST,
        10);
  }

  private OptionalDouble micros(String benchmark) {
    return scaled(scores.time(benchmark, Map.of()), 1_000);
  }

  private static OptionalDouble scaled(OptionalDouble nanos, double unit) {
    return nanos.isPresent() ? OptionalDouble.of(nanos.getAsDouble() / unit) : nanos;
  }

  private void serving() {
    add(
        "evaluate endpoint, 100 rules, against the fixed answer of the same server (share of the requests)",
        share(Measuring.OPEN),
        AT_LEAST,
        0.9);
    add(
        "the same with keys, quota, metrics and access log (share of the requests)",
        share(Measuring.GOVERNED),
        AT_LEAST,
        0.7);
  }

  private OptionalDouble share(String server) {
    return scores.find(
        Measuring.HTTP,
        Measuring.SHARE,
        Map.of(Measuring.SERVER, server, Measuring.ANSWER, Measuring.FIXED));
  }

  private void add(String metric, OptionalDouble value, Bound bound, double limit) {
    targets.add(new Target(metric, value, bound, limit));
  }

  private OptionalDouble condition(Question question, Condition condition) {
    return scores.time(
        Plan.CONDITION, Map.of(Plan.QUESTION, question.name(), Plan.EXECUTOR, condition.name()));
  }

  private OptionalDouble rules(Entrant entrant, RuleShape shape, int rules) {
    return scores.time(Plan.RULE_SET, parameters(entrant, shape, rules));
  }

  private static Map<String, String> parameters(Entrant entrant, RuleShape shape, int rules) {
    return Map.of(
        Plan.ENTRANT,
        entrant.name(),
        Plan.SHAPE,
        shape.name(),
        Plan.RULES,
        Integer.toString(rules));
  }

  private static OptionalDouble ratio(OptionalDouble above, OptionalDouble below) {
    return above.isPresent() && below.isPresent()
        ? OptionalDouble.of(above.getAsDouble() / below.getAsDouble())
        : OptionalDouble.empty();
  }
}
