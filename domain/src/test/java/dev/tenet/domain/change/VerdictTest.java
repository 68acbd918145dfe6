package dev.tenet.domain.change;

import static dev.tenet.domain.change.Samples.brokenRule;
import static dev.tenet.domain.change.Samples.faults;
import static dev.tenet.domain.change.Samples.field;
import static dev.tenet.domain.change.Samples.fieldId;
import static dev.tenet.domain.change.Samples.rule;
import static dev.tenet.domain.change.Samples.ruleId;
import static dev.tenet.domain.change.Samples.state;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.domain.derived.DerivedField;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.tenant.TenantState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What a verdict makes of a state that was stored under another one.
final class VerdictTest {

  private static final Verdict NOTHING = new Verdict(Map.of(), Map.of(), Map.of());

  @Test
  void whatIsAsItWasStoredIsTheSameState() {
    TenantState state = state(rule(1, "a"), field(1, "f"));

    assertThat(NOTHING.seenOn(state)).isSameAs(state);
  }

  @Test
  void whatIsFaultyNowIsBrokenAndTheOthersStay() {
    TenantState state = state(rule(1, "a"), rule(2, "b"), field(1, "f"));
    var verdict =
        new Verdict(
            Map.of(ruleId(2), faults("gone")), Map.of(fieldId(1), faults("gone, too")), Map.of());

    TenantState seen = verdict.seenOn(state);

    assertThat(seen.rules()).extracting(Rule::active).containsExactly(true, false);
    assertThat(seen.rules().get(1).faults()).isEqualTo(faults("gone"));
    assertThat(seen.rules().get(1).updatedAt()).isEqualTo(state.rules().get(1).updatedAt());
    assertThat(seen.derivedFields())
        .extracting(DerivedField::faults)
        .containsExactly(faults("gone, too"));
    assertThat(seen.revision()).isEqualTo(state.revision());
  }

  @Test
  void whatWasStoredAsBrokenIsActiveAgain() {
    assertThat(NOTHING.seenOn(state(brokenRule(1, "a"))).rules())
        .extracting(Rule::active)
        .containsExactly(true);
  }

  @Test
  void aDerivedFieldHasTheTypeThatItHasNow() {
    var verdict =
        new Verdict(
            Map.of(),
            Map.of(),
            Map.of(fieldId(1), new Verdict.Inference("double", List.of("User.x"))));

    assertThat(verdict.seenOn(state(field(1, "f"))).derivedFields())
        .extracting(DerivedField::type)
        .containsExactly("double");
  }

  @Test
  void beforeTheFirstSchemaThereIsNothingToSee() {
    assertThat(NOTHING.seenOn(Samples.withoutSchema())).isEqualTo(Samples.withoutSchema());
  }
}
