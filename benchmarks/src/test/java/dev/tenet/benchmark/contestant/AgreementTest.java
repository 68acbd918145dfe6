package dev.tenet.benchmark.contestant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.benchmark.rules.GeneratedRule;
import dev.tenet.benchmark.rules.RuleSets;
import dev.tenet.benchmark.rules.RuleShape;
import dev.tenet.benchmark.rules.Sample;
import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Who is compared decides alike; otherwise the comparison means nothing.
class AgreementTest {

  private static final int RULES = 40;
  private static final int SAMPLES = 200;

  @ParameterizedTest
  @EnumSource
  void allEntrantsMatchTheSameRules(RuleShape shape) {
    List<GeneratedRule> rules = RuleSets.generate(shape, RULES, 7);
    List<Sample> samples = Sample.generate(SAMPLES, 8);
    try (Decisions reference = Entrant.HAND_WRITTEN.prepare(rules, samples)) {
      for (Entrant entrant : Entrant.values()) {
        try (Decisions decisions = entrant.prepare(rules, samples)) {
          for (int i = 0; i < SAMPLES; i++) {
            assertThat(decisions.matches(i))
                .as("%s on %s", entrant, samples.get(i))
                .isEqualTo(reference.matches(i));
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void allSayTheSameOfASingleCondition(Question question) {
    IntPredicate reference = Condition.HAND_WRITTEN.prepare(question);
    for (Condition condition : Condition.values()) {
      IntPredicate prepared = condition.prepare(question);
      for (int i = 0; i < Question.SAMPLES; i++) {
        assertThat(prepared.test(i)).as("%s on %d", condition, i).isEqualTo(reference.test(i));
      }
    }
  }
}
