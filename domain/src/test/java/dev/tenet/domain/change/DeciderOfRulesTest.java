package dev.tenet.domain.change;

import static dev.tenet.domain.change.Samples.NOW;
import static dev.tenet.domain.change.Samples.NO_CHANGE;
import static dev.tenet.domain.change.Samples.THEN;
import static dev.tenet.domain.change.Samples.brokenRule;
import static dev.tenet.domain.change.Samples.rule;
import static dev.tenet.domain.change.Samples.ruleId;
import static dev.tenet.domain.change.Samples.state;
import static dev.tenet.domain.change.Samples.withoutSchema;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.domain.change.Rejection.Reason;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.rule.RulePatch;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.domain.tenant.TenantState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DeciderOfRulesTest {

  private static final Decider DECIDER = new Decider(Limits.DEFAULT);

  private static Command.AddRule add(String name, String expression) {
    return add(name, "", expression, Map.of(), new TreeSet<>());
  }

  private static Command.AddRule add(
      String name,
      String description,
      String expression,
      Map<String, Expression> then,
      NavigableSet<String> tags) {
    return new Command.AddRule(
        ruleId(9), name, description, new Expression(expression), then, tags, true);
  }

  private static Rejection rejected(TenantState state, Command command) {
    return Decisions.rejected(DECIDER.decide(state, command, NOW));
  }

  private static String code(Command command) {
    return rejected(state(), command).code();
  }

  private static Rule revised(TenantState state, RulePatch patch) {
    Change change =
        Decisions.accepted(DECIDER.decide(state, new Command.ReviseRule(ruleId(1), patch), NOW));
    return change instanceof Change.RuleRevised(var rule) ? rule : rule(0, "not revised");
  }

  private static NavigableSet<String> tags(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "tag" + i)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, Expression> outputs(int count) {
    Map<String, Expression> outputs = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      outputs.put("o" + i, new Expression("1"));
    }
    return outputs;
  }

  @Test
  void addsRules() {
    var command =
        new Command.AddRule(
            ruleId(9),
            "adults",
            "who may buy",
            new Expression("User.x >= 18"),
            Map.of("score", new Expression("1")),
            new TreeSet<>(List.of("b", "a")),
            false);

    assertThat(Decisions.accepted(DECIDER.decide(state(), command, NOW)))
        .isEqualTo(
            new Change.RuleAdded(
                new Rule(
                    ruleId(9),
                    "adults",
                    "who may buy",
                    new Expression("User.x >= 18"),
                    Map.of("score", new Expression("1")),
                    new TreeSet<>(List.of("a", "b")),
                    false,
                    List.of(),
                    NOW,
                    NOW)));
  }

  @Test
  void refusesNames() {
    assertThat(code(add("", "true"))).isEqualTo("name_required");
    assertThat(code(add("\t", "true"))).isEqualTo("name_required");
    assertThat(code(add("n".repeat(256), "true"))).isEqualTo("name_too_long");
    assertThat(code(add("a\nb", "true"))).isEqualTo("name_invalid");
    Rejection taken = rejected(state(rule(1, "adults")), add("adults", "true"));
    assertThat(taken.reason()).isEqualTo(Reason.CONFLICT);
    assertThat(taken.code()).isEqualTo("name_taken");
    assertThat(taken.message()).contains("\"adults\"");
    assertThat(DECIDER.decide(state(rule(1, "adults")), add("Adults", "true"), NOW))
        .isInstanceOf(Decider.Decision.Accepted.class);
  }

  @Test
  void refusesExpressions() {
    assertThat(code(add("r", ""))).isEqualTo("expression_required");
    assertThat(code(add("r", " \n"))).isEqualTo("expression_required");
    for (int length : List.of(1, 9_999, 10_000)) {
      assertThat(DECIDER.decide(state(), add("r", "x".repeat(length)), NOW))
          .isInstanceOf(Decider.Decision.Accepted.class);
    }
    Rejection tooLong = rejected(state(), add("r", "x".repeat(10_001)));
    assertThat(tooLong.code()).isEqualTo("expression_too_long");
    assertThat(tooLong.message()).contains("10001").contains("10000");
  }

  @Test
  void refusesDescriptionsOutputsAndTags() {
    assertThat(code(add("r", "d".repeat(4_001), "true", Map.of(), tags(0))))
        .isEqualTo("description_too_long");
    assertThat(code(add("r", "", "true", outputs(51), tags(0)))).isEqualTo("too_many_outputs");
    assertThat(code(add("r", "", "true", Map.of("a-b", new Expression("1")), tags(0))))
        .isEqualTo("identifier_invalid");
    assertThat(code(add("r", "", "true", Map.of("a", new Expression("")), tags(0))))
        .isEqualTo("expression_required");
    assertThat(code(add("r", "", "true", Map.of(), tags(51)))).isEqualTo("too_many_tags");
    for (String tag : List.of("", " ", "a\nb", "t".repeat(101))) {
      assertThat(code(add("r", "", "true", Map.of(), new TreeSet<>(List.of(tag)))))
          .isEqualTo("tag_invalid");
    }
    assertThat(
            DECIDER.decide(
                state(), add("r", "d".repeat(4_000), "true", outputs(50), tags(50)), NOW))
        .isInstanceOf(Decider.Decision.Accepted.class);
  }

  @Test
  void reportsAllFaultsAtOnceAndOutputsAtTheirPlace() {
    Rejection rejection =
        rejected(
            state(), add("", "d".repeat(5_000), "", Map.of("score", new Expression("")), tags(51)));

    assertThat(rejection.reason()).isEqualTo(Reason.INVALID);
    assertThat(rejection.diagnostics())
        .extracting(Diagnostic::code)
        .containsExactly(
            "name_required",
            "expression_required",
            "description_too_long",
            "expression_required",
            "too_many_tags");
    assertThat(rejection.diagnostics().get(3).location()).hasToString("Field[name=then.score]");
  }

  @Test
  void needsASchema() {
    Rejection rejection = rejected(withoutSchema(), add("r", "true"));

    assertThat(rejection.reason()).isEqualTo(Reason.CONFLICT);
    assertThat(rejection.code()).isEqualTo("schema_not_found");
  }

  @Test
  void hasALimit() {
    Limits d = Limits.DEFAULT;
    var two =
        new Decider(
            new Limits(
                2,
                2,
                d.schemaBytes(),
                5,
                d.expressionDepth(),
                d.expressionNodes(),
                0,
                d.factsBytes(),
                d.batchSize(),
                d.ruleCost(),
                d.evaluationTime()));

    assertThat(two.decide(state(rule(1, "a")), add("r", "true"), NOW))
        .isInstanceOf(Decider.Decision.Accepted.class);
    Rejection full =
        Decisions.rejected(two.decide(state(rule(1, "a"), rule(2, "b")), add("r", "true"), NOW));
    assertThat(full.reason()).isEqualTo(Reason.LIMIT);
    assertThat(full.code()).isEqualTo("rule_limit_reached");
    assertThat(Decisions.rejected(two.decide(state(), add("r", "x > 10"), NOW)).code())
        .isEqualTo("expression_too_long");
  }

  @Test
  void revisesWhatThePatchNamesAndKeepsTheRest() {
    Rule old = rule(1, "adults");
    TenantState state = state(old, rule(2, "other"));
    var all =
        new RulePatch(
            Optional.of("new"),
            Optional.of("text"),
            Optional.of(new Expression("false")),
            Optional.of(Map.of("o", new Expression("1"))),
            Optional.of(new TreeSet<>(List.of("t"))),
            Optional.of(false),
            Optional.empty());

    assertThat(revised(state, NO_CHANGE)).isEqualTo(old);
    assertThat(revised(state, named("adults"))).isEqualTo(old);
    assertThat(revised(state, named("new"))).isEqualTo(old.revise(named("new"), NOW));
    assertThat(revised(state, named("new")).createdAt()).isEqualTo(THEN);
    assertThat(revised(state, named("new")).updatedAt()).isEqualTo(NOW);
    assertThat(revised(state, named("new")).enabled()).isTrue();
    assertThat(revised(state, all))
        .isEqualTo(
            new Rule(
                ruleId(1),
                "new",
                "text",
                new Expression("false"),
                Map.of("o", new Expression("1")),
                new TreeSet<>(List.of("t")),
                false,
                List.of(),
                THEN,
                NOW));
  }

  @Test
  void refusesRevisionsOfUnknownRulesAndToTakenOrFaultyNames() {
    TenantState state = state(rule(1, "adults"), rule(2, "other"));

    Rejection unknown = rejected(state, new Command.ReviseRule(ruleId(3), NO_CHANGE));
    assertThat(unknown.reason()).isEqualTo(Reason.NOT_FOUND);
    assertThat(unknown.code()).isEqualTo("rule_not_found");
    assertThat(rejected(state, new Command.ReviseRule(ruleId(1), named("other"))).code())
        .isEqualTo("name_taken");
    assertThat(rejected(state, new Command.ReviseRule(ruleId(1), named(""))).code())
        .isEqualTo("name_required");
    assertThat(revised(state, named("adults")).name()).isEqualTo("adults");
  }

  private static RulePatch named(String name) {
    return new RulePatch(
        Optional.of(name),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static RulePatch enabled(boolean enabled) {
    return wish(Optional.of(enabled), Optional.empty());
  }

  private static RulePatch expression(String text) {
    return new RulePatch(
        Optional.empty(),
        Optional.empty(),
        Optional.of(new Expression(text)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  @Test
  void aBrokenRuleStaysBrokenUntilItsLogicChangesOrItIsEnabledAgain() {
    TenantState state = state(brokenRule(1, "adults"));

    assertThat(revised(state, named("new")).faults()).isNotEmpty();
    assertThat(revised(state, enabled(false)).faults()).isNotEmpty();
    assertThat(revised(state, enabled(false)).enabled()).isFalse();
    assertThat(revised(state, enabled(true)).faults()).isNotEmpty();
    assertThat(revised(state, active(false)).faults()).isNotEmpty();
    assertThat(revised(state, active(false)).enabled()).isTrue();
    assertThat(revised(state, active(true)).faults()).isEmpty();
    assertThat(revised(state, expression("true")).faults()).isEmpty();
    TenantState disabled = state(revised(state, enabled(false)));
    assertThat(revised(disabled, enabled(true)).faults()).isEmpty();
    assertThat(revised(disabled, active(true)).enabled()).isTrue();
    assertThat(revised(disabled, active(true)).faults()).isEmpty();
  }

  @Test
  void activeSaysTheSameAsEnabledUnlessItIsAsItWas() {
    TenantState on = state(rule(1, "r"));
    TenantState off = state(revised(on, enabled(false)));

    assertThat(revised(on, active(false)).enabled()).isFalse();
    assertThat(revised(on, active(true)).enabled()).isTrue();
    assertThat(revised(off, active(true)).enabled()).isTrue();
    assertThat(revised(on, both(false, true)).enabled()).isFalse();
    assertThat(revised(off, both(true, false)).enabled()).isTrue();
    assertThat(revised(state(brokenRule(1, "r")), both(true, false)).enabled()).isTrue();
    assertThat(revised(state(brokenRule(1, "r")), both(false, false)).enabled()).isFalse();
    for (TenantState state : List.of(on, off)) {
      boolean active = state.rules().getFirst().active();
      Rejection refused = rejected(state, new Command.ReviseRule(ruleId(1), both(active, !active)));
      assertThat(refused.code()).isEqualTo("active_contradicts_enabled");
      assertThat(refused.reason()).isEqualTo(Reason.INVALID);
    }
  }

  private static RulePatch active(boolean active) {
    return wish(Optional.empty(), Optional.of(active));
  }

  private static RulePatch both(boolean enabled, boolean active) {
    return wish(Optional.of(enabled), Optional.of(active));
  }

  private static RulePatch wish(Optional<Boolean> enabled, Optional<Boolean> active) {
    return new RulePatch(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        enabled,
        active);
  }

  @Test
  void removesRules() {
    assertThat(
            Decisions.accepted(
                DECIDER.decide(state(rule(1, "a")), new Command.RemoveRule(ruleId(1)), NOW)))
        .isEqualTo(new Change.RuleRemoved(ruleId(1), "a"));
    assertThat(code(new Command.RemoveRule(ruleId(1)))).isEqualTo("rule_not_found");
  }
}
