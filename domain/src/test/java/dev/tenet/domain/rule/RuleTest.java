package dev.tenet.domain.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.evaluation.RuleFault;
import dev.tenet.domain.evaluation.RuleOutcome;
import dev.tenet.domain.expression.Expression;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class RuleTest {

  private static final RuleId ID = new RuleId(new UUID(1, 2));
  private static final List<Diagnostic> FAULTS =
      List.of(Diagnostic.error("e", Location.field("x"), "m"));

  private static Rule rule(boolean enabled, List<Diagnostic> faults) {
    return new Rule(
        ID,
        "r",
        "",
        new Expression("true"),
        Map.of(),
        new TreeSet<>(List.of("b", "a")),
        enabled,
        faults,
        Instant.EPOCH,
        Instant.EPOCH);
  }

  @Test
  void isActiveWhenItsAuthorWantsItAndNothingBrokeIt() {
    assertThat(rule(true, List.of()).active()).isTrue();
    assertThat(rule(false, List.of()).active()).isFalse();
    assertThat(rule(true, FAULTS).active()).isFalse();
    assertThat(rule(false, FAULTS).active()).isFalse();
  }

  @Test
  void keepsItsTagsSortedAndItsOutputsInOrder() {
    Map<String, Expression> then = new LinkedHashMap<>();
    then.put("z", new Expression("1"));
    then.put("a", new Expression("2"));
    var rule =
        new Rule(
            ID,
            "r",
            "",
            new Expression("true"),
            then,
            new TreeSet<>(),
            true,
            List.of(),
            Instant.EPOCH,
            Instant.EPOCH);
    then.clear();

    assertThat(rule.then().keySet()).containsExactly("z", "a");
    assertThat(rule.then()).isUnmodifiable();
    assertThat(rule(true, List.of()).tags()).containsExactly("a", "b").isUnmodifiable();
  }

  @Test
  void anOutcomeWithAFaultHasNotMatched() {
    assertThatThrownBy(
            () -> new RuleOutcome(ID, "r", true, new RuleFault("c", "m"), Map.of(), null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new RuleOutcome(ID, "r", false, new RuleFault("c", "m"), Map.of(), null).matched())
        .isFalse();
  }
}
