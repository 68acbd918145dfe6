package dev.tenet.domain.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.domain.change.Change;
import dev.tenet.domain.change.JournalEntry;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.governance.DecisionLogging;
import dev.tenet.domain.governance.PolicyList;
import dev.tenet.domain.governance.Quota;
import dev.tenet.domain.governance.QuotaLimit;
import dev.tenet.domain.governance.TenantSettings;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.domain.tenant.TenantState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What is recorded of changes that the contract of the audit log does not make.
final class ChangeAuditTest {

  private static final Instant AT = Instant.parse("2026-01-31T08:30:00Z");
  private static final Tenant TENANT = new Tenant(new TenantId(new UUID(1, 1)), "acme", AT, AT);
  private static final TenantState STATE = TenantState.created(TENANT);

  private static Map<String, Object> detail(TenantState before, Change... changes) {
    var entry = new JournalEntry(2, AT, "alice", null, List.of(changes));
    return ChangeAudit.of(TENANT.id(), Optional.of(before), entry, null).detail().members();
  }

  @Test
  void ofSettingsWhatDiffersIsRecorded() {
    TenantSettings settings =
        TenantSettings.DEFAULT
            .withSuspended(true)
            .withQuota(Quota.UNLIMITED.with(Map.of(QuotaLimit.REQUESTS_PER_MINUTE, Long.MAX_VALUE)))
            .withPolicy(
                TenantSettings.DEFAULT.policy().with(Map.of(PolicyList.TOOLS, List.of("search"))))
            .withDecisionLog(
                new DecisionLogging(
                    DecisionLogging.Mode.SAMPLED, 0.1, DecisionLogging.Delivery.DURABLE, 7));

    Map<String, Object> detail =
        detail(STATE, new Change.TenantGoverned(TENANT.govern(settings, AT)));

    assertThat(detail.get("before"))
        .isEqualTo(
            Map.of(
                "suspended",
                false,
                "quota",
                Map.of("window", "fixed"),
                "policy",
                Map.of(),
                "decisionLog",
                Map.of(
                    "mode",
                    "off",
                    "rate",
                    "1.0",
                    "delivery",
                    "best_effort",
                    "retentionDays",
                    30L)));
    assertThat(detail.get("after"))
        .isEqualTo(
            Map.of(
                "suspended",
                true,
                "quota",
                Map.of("requestsPerMinute", "9223372036854775807", "window", "fixed"),
                "policy",
                Map.of(PolicyList.TOOLS.key(), List.of("search")),
                "decisionLog",
                Map.of(
                    "mode", "sampled", "rate", "0.1", "delivery", "durable", "retentionDays", 7L)));
  }

  @Test
  void whatFollowedIsCounted() {
    Stream<Change> broken =
        IntStream.range(0, 10_000)
            .mapToObj(
                i -> new Change.RuleBroken(new RuleId(new UUID(2, i)), "rule " + i, List.of()));
    Change[] changes =
        Stream.concat(Stream.of(new Change.TenantRenamed(TENANT)), broken).toArray(Change[]::new);

    assertThat(detail(STATE, changes).get("consequences"))
        .isEqualTo(Map.of("rule_broken", 10_000L));
  }

  @Test
  void largeDefinitionsAreRepresentedByTheirHash() {
    var rule =
        new Rule(
            new RuleId(new UUID(2, 1)),
            "large",
            "x".repeat(20_000),
            new Expression("true"),
            Map.of(),
            new TreeSet<>(),
            true,
            List.of(),
            AT,
            AT);
    Map<String, Object> detail = detail(STATE, new Change.RuleAdded(rule));
    assertThat(detail.get("after")).asString().contains("sha256");
    assertThat(detail).containsEntry("revision", 2L);
  }
}
