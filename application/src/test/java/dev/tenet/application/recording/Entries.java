package dev.tenet.application.recording;

import dev.tenet.domain.decision.DecisionSummary;
import dev.tenet.domain.decision.LogGap;
import dev.tenet.domain.decision.LoggedDecision;
import dev.tenet.domain.decision.Requester;
import dev.tenet.domain.evaluation.DecisionId;
import dev.tenet.domain.evaluation.MaskedFacts;
import dev.tenet.domain.evaluation.RuleFault;
import dev.tenet.domain.evaluation.RuleOutcome;
import dev.tenet.domain.evaluation.Selection;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.tenant.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Entries of decision logs for tests.
public final class Entries {

  /// A day on which tests decide.
  public static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");

  private Entries() {}

  /// {@return the id of a rule}
  public static RuleId rule(int number) {
    return new RuleId(new UUID(1, number));
  }

  /// {@return the id of a decision}
  public static DecisionId id(int number) {
    return new DecisionId(new UUID(0x0197_0000_0000_7000L, number));
  }

  /// {@return a decision in which nothing matched, so many seconds after noon}
  public static LoggedDecision decision(TenantId tenant, int number) {
    return decision(tenant, number, NOON.plusSeconds(number), 1, outcome(1, false));
  }

  /// {@return a decision}
  public static LoggedDecision decision(
      TenantId tenant, int number, Instant at, long revision, RuleOutcome... outcomes) {
    List<RuleOutcome> list = Arrays.asList(outcomes);
    return new LoggedDecision(
        tenant,
        new DecisionSummary(
            id(number),
            at,
            revision,
            1,
            list.size(),
            (int) list.stream().filter(RuleOutcome::matched).count(),
            (int) list.stream().filter(outcome -> outcome.fault() != null).count(),
            Duration.ofNanos(1_234),
            Requester.UNKNOWN),
        new MaskedFacts(Map.of("User", Map.of("Age", (long) number)), List.of()),
        Selection.ALL,
        list,
        List.of());
  }

  /// {@return an outcome without outputs}
  public static RuleOutcome outcome(int rule, boolean matched) {
    return RuleOutcome.recurring(rule(rule), "rule " + rule, matched);
  }

  /// {@return the outcome of a rule that could not be evaluated}
  public static RuleOutcome failure(int rule) {
    return new RuleOutcome(
        rule(rule),
        "rule " + rule,
        false,
        new RuleFault("fact_missing", "The facts do not contain User.Age."),
        Map.of(),
        null);
  }

  /// {@return a decision that has everything that one can have, in texts that stores have trouble with}
  public static LoggedDecision rich(TenantId tenant, int number) {
    String odd = "\0 \ud800 \u241b \\ \" \t\r\n 型 \ud83d\ude00";
    Map<String, @Nullable Object> outputs = new LinkedHashMap<>();
    outputs.put("z", "last letter first");
    outputs.put(odd, odd);
    outputs.put("nothing", null);
    outputs.put("list", List.of(1L, -0.5, true, "NaN", Map.of("a", List.of())));
    outputs.put("largest", Long.MAX_VALUE);
    outputs.put("smallest", Double.MIN_VALUE);
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("User", Map.of("Name", odd, "Card", MaskedFacts.MASK));
    facts.put("isAdult", true);
    LoggedDecision plain =
        decision(
            tenant,
            number,
            NOON,
            7,
            new RuleOutcome(rule(1), odd, true, null, outputs, null),
            outcome(2, true),
            failure(3),
            outcome(4, false));
    DecisionSummary summary = plain.summary();
    return new LoggedDecision(
        tenant,
        new DecisionSummary(
            summary.id(),
            summary.at(),
            7,
            3,
            4,
            2,
            1,
            Duration.ofSeconds(2, 1),
            new Requester(Optional.of("request " + odd), Optional.of(odd))),
        MaskedFacts.written(facts, List.of("User.Card")),
        new Selection(List.of(rule(4), rule(1)), Set.of("fraud", odd), true, false),
        plain.outcomes(),
        List.of(rule(9), rule(8)));
  }

  /// {@return a gap so many seconds after noon}
  public static LogGap gap(TenantId tenant, int number, long missing) {
    Instant at = NOON.plusSeconds(number);
    return new LogGap(tenant, at, new UUID(2, number), at.plusMillis(1), missing);
  }
}
