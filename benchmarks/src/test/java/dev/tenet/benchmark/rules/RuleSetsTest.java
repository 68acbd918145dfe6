package dev.tenet.benchmark.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The rules are what the pages about performance say they are.
class RuleSetsTest {

  private static final int RULES = 2_000;
  private static final int SAMPLES = 500;

  @ParameterizedTest
  @CsvSource({"SELECTIVE, 0.4, 0.8", "BROAD, 25, 35", "PARTLY_INDEXABLE, 0.4, 0.8"})
  void asManyMatchAsIsSaid(RuleShape shape, double least, double most) {
    List<GeneratedRule> rules = RuleSets.generate(shape, RULES, 1);
    List<Sample> samples = Sample.generate(SAMPLES, 2);
    assertThat(percentage(rules, samples)).isBetween(least, most);
  }

  @Test
  void rulesWithCalculationsMatchAsOftenAsTheOthers() {
    List<GeneratedRule> calculated =
        RuleSets.generate(RuleShape.PARTLY_INDEXABLE, RULES, 1).stream()
            .filter(rule -> rule.terms().getFirst() instanceof Term.Arithmetic)
            .toList();
    assertThat(calculated).hasSize(RULES / 5);
    assertThat(percentage(calculated, Sample.generate(SAMPLES, 2))).isBetween(0.4, 0.8);
  }

  @ParameterizedTest
  @EnumSource
  void aSmallerSetIsTheBeginningOfALargerOne(RuleShape shape) {
    assertThat(RuleSets.generate(shape, RULES, 1).subList(0, 100))
        .extracting(GeneratedRule::cel)
        .isEqualTo(RuleSets.generate(shape, 100, 1).stream().map(GeneratedRule::cel).toList());
  }

  @Test
  void aRuleIsTheSameInAllLanguages() {
    GeneratedRule rule = RuleSets.generate(RuleShape.PARTLY_INDEXABLE, 5, 1).getLast();
    assertThat(rule.cel()).contains("User.Age * ").endsWith(" > Transaction.Amount");
    assertThat(rule.drools()).contains("amount > $u.age * ", "amount < $u.age * ", "$u: User()");
  }

  private static double percentage(List<GeneratedRule> rules, List<Sample> samples) {
    long matches =
        samples.stream()
            .mapToLong(sample -> rules.stream().filter(rule -> rule.java().test(sample)).count())
            .sum();
    return 100.0 * matches / ((double) rules.size() * samples.size());
  }
}
