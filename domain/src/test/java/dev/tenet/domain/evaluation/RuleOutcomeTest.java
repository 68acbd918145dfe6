package dev.tenet.domain.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.domain.rule.RuleId;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class RuleOutcomeTest {

  private static final RuleId ID = new RuleId(new UUID(1, 2));

  private final AtomicInteger encoded = new AtomicInteger();

  private Function<RuleOutcome, byte[]> encoder(String prefix) {
    return outcome -> {
      encoded.incrementAndGet();
      return (prefix + outcome.ruleName() + outcome.matched()).getBytes(UTF_8);
    };
  }

  @Test
  void aRecurringOutcomeEqualsAnotherThatSaysTheSame() {
    RuleOutcome recurring = RuleOutcome.recurring(ID, "r", true);
    RuleOutcome once = new RuleOutcome(ID, "r", true, null, Map.of(), null);
    assertThat(recurring).isEqualTo(once).hasSameHashCodeAs(once).hasToString(once.toString());
    assertThat(recurring).isNotEqualTo(RuleOutcome.recurring(ID, "r", false));
    assertThat(recurring.isRecurring()).isTrue();
    assertThat(once.isRecurring()).isFalse();
  }

  @Test
  void theBytesOfARecurringOutcomeAreMadeOnce() {
    RuleOutcome recurring = RuleOutcome.recurring(ID, "r", true);
    Function<RuleOutcome, byte[]> encoder = encoder("a");
    assertThat(recurring.encoded(encoder)).asString(UTF_8).isEqualTo("artrue");
    assertThat(recurring.encoded(encoder)).isSameAs(recurring.encoded(encoder));
    assertThat(encoded).hasValue(1);
  }

  @Test
  void eachEncoderGetsItsOwnBytes() {
    RuleOutcome recurring = RuleOutcome.recurring(ID, "r", false);
    Function<RuleOutcome, byte[]> one = encoder("a");
    Function<RuleOutcome, byte[]> other = encoder("b");
    for (int i = 0; i < 2; i++) {
      assertThat(recurring.encoded(one)).asString(UTF_8).isEqualTo("arfalse");
      assertThat(recurring.encoded(other)).asString(UTF_8).isEqualTo("brfalse");
    }
  }

  @Test
  void theBytesOfAnotherOutcomeAreNotKept() {
    RuleOutcome once = new RuleOutcome(ID, "r", true, null, Map.of(), null);
    Function<RuleOutcome, byte[]> encoder = encoder("a");
    once.encoded(encoder);
    assertThat(once.encoded(encoder)).asString(UTF_8).isEqualTo("artrue");
    assertThat(encoded).hasValue(2);
  }
}
