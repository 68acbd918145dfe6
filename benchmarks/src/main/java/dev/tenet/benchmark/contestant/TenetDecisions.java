package dev.tenet.benchmark.contestant;

import dev.tenet.application.evaluation.RuleSet;
import dev.tenet.application.evaluation.RuleSet.Evaluation;
import dev.tenet.benchmark.rules.GeneratedRule;
import dev.tenet.benchmark.rules.Sample;
import dev.tenet.cel.CelRuleCompiler;
import dev.tenet.domain.evaluation.Facts;
import dev.tenet.domain.evaluation.RuleOutcome;
import dev.tenet.domain.evaluation.Selection;
import dev.tenet.domain.tenant.Limits;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// Tenet's decisions, as the server makes them once facts are read.
public final class TenetDecisions implements Decisions {

  private static final Selection MATCHED = new Selection(List.of(), Set.of(), true, false);

  private final RuleSet rules;
  private final Facts[] facts;
  private final Instant now = Instant.EPOCH;

  private TenetDecisions(RuleSet rules, Facts[] facts) {
    this.rules = rules;
    this.facts = facts;
  }

  static TenetDecisions prepare(List<GeneratedRule> rules, List<Sample> samples) {
    RuleSet compiled =
        Tenants.compiled(
            new CelRuleCompiler(Limits.DEFAULT, List.of()), Tenants.state(Tenants.written(rules)));
    return new TenetDecisions(
        compiled,
        samples.stream()
            .map(sample -> Tenants.facts(compiled, sample.plain()))
            .toArray(Facts[]::new));
  }

  @Override
  public Evaluation decide(int sample) {
    return rules.evaluate(facts[sample], MATCHED, now);
  }

  @Override
  public List<String> matches(int sample) {
    return decide(sample).outcomes().stream()
        .filter(RuleOutcome::matched)
        .map(RuleOutcome::ruleName)
        .toList();
  }
}
