package dev.tenet.http.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.domain.evaluation.Decision;
import dev.tenet.domain.evaluation.DecisionId;
import dev.tenet.domain.evaluation.RuleFault;
import dev.tenet.domain.evaluation.RuleOutcome;
import dev.tenet.domain.rule.RuleId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DecisionWriterTest {

  private static final RuleId ID = new RuleId(new UUID(1, 2));

  private static String written(RuleOutcome... outcomes) {
    var decision =
        new Decision(
            new DecisionId(new UUID(3, 4)),
            5,
            6,
            List.of(outcomes),
            List.of(),
            Duration.ofNanos(1_234_567),
            Optional.empty());
    return new String(DecisionWriter.write(decision, Map.of()), UTF_8);
  }

  @Test
  void outcomesThatRecurAreWrittenLikeOthersEachTime() {
    RuleOutcome[] recurring = {
      RuleOutcome.recurring(ID, "plain", true), RuleOutcome.recurring(ID, "\"ünï\n\"", false)
    };
    RuleOutcome[] once = {
      new RuleOutcome(ID, "plain", true, null, Map.of(), null),
      new RuleOutcome(ID, "\"ünï\n\"", false, null, Map.of(), null)
    };
    for (int i = 0; i < 3; i++) {
      assertThat(written(recurring)).isEqualTo(written(once));
    }
    assertThat(written(recurring))
        .isEqualTo(
            "{\"decisionId\":\"00000000-0000-0003-0000-000000000004\",\"revision\":5,\"schemaVersion\":6,\"results\":["
                + "{\"ruleId\":\"00000000-0000-0001-0000-000000000002\",\"ruleName\":\"plain\",\"matched\":true},"
                + "{\"ruleId\":\"00000000-0000-0001-0000-000000000002\",\"ruleName\":\"\\\"ünï\\n\\\"\",\"matched\":false}"
                + "],\"notFound\":[],\"evaluationTime\":\"1.235ms\"}");
  }

  @Test
  void whatIsOfOneDecisionAloneStandsBesideThem() {
    assertThat(
            written(
                RuleOutcome.recurring(ID, "a", true),
                new RuleOutcome(ID, "b", false, new RuleFault("code", "message"), Map.of(), null),
                new RuleOutcome(ID, "c", true, null, Map.of("o", 1L), null)))
        .contains(
            "\"ruleName\":\"a\",\"matched\":true},{",
            "\"ruleName\":\"b\",\"matched\":false,\"error\":\"message\",\"errorCode\":\"code\"},{",
            "\"ruleName\":\"c\",\"matched\":true,\"outputs\":{\"o\":1}}]");
  }
}
