package dev.tenet.postgres;

import dev.tenet.domain.decision.DecisionSummary;
import dev.tenet.domain.decision.FoundEntry;
import dev.tenet.domain.decision.LogEntry;
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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Rows of the decision log, to and from entries.
final class DecisionRows {

  /// The columns in the order in which they are written.
  static final String COLUMNS =
      "tenant_id, at, id, missing, until, revision, schema_version, facts, detail, results,"
          + " evaluated, matched, failed, elapsed_nanos, request_id, principal";

  /// What a summary is made of.
  static final String SUMMARY =
      "tenant_id, at, id, missing, until, revision, schema_version, evaluated,"
          + " cardinality(matched) AS matches, failed, elapsed_nanos, request_id, principal";

  private static final int WIDTH = 16;
  private static final int EMPTY_OF_GAP = 11;

  private DecisionRows() {}

  static void write(LogEntry entry, CopyRows rows) {
    rows.row(WIDTH).id(entry.tenant().value()).moment(entry.at()).id(entry.key());
    switch (entry) {
      case LogGap gap -> {
        rows.number(gap.missing()).moment(gap.until());
        for (int column = 0; column < EMPTY_OF_GAP; column++) {
          rows.nothing();
        }
      }
      case LoggedDecision decision -> write(decision, rows);
    }
  }

  private static void write(LoggedDecision decision, CopyRows rows) {
    DecisionSummary summary = decision.summary();
    rows.number(0L).nothing().number(summary.revision()).number(summary.schemaVersion());
    rows.text(Json.write(decision.facts().values()));
    rows.text(Json.write(detail(decision)));
    rows.text(Json.write(results(decision.outcomes())));
    rows.number(summary.evaluated()).ids(matched(decision.outcomes())).number(summary.failed());
    rows.number(summary.elapsed().toNanos());
    rows.text(stored(summary.requester().requestId()));
    rows.text(stored(summary.requester().principal()));
  }

  private static @Nullable String stored(Optional<String> text) {
    return text.map(StorableText::store).orElse(null);
  }

  private static List<UUID> matched(List<RuleOutcome> outcomes) {
    List<UUID> matched = new ArrayList<>();
    for (RuleOutcome outcome : outcomes) {
      if (outcome.matched()) {
        matched.add(outcome.ruleId().value());
      }
    }
    return matched;
  }

  private static Map<String, Object> detail(LoggedDecision decision) {
    Map<String, Object> detail = new LinkedHashMap<>();
    put(detail, "masked", decision.facts().masked());
    put(detail, "rules", texts(decision.selection().rules()));
    put(detail, "tags", decision.selection().tags().stream().sorted().toList());
    put(detail, "notFound", texts(decision.notFound()));
    if (decision.selection().matchedOnly()) {
      detail.put("matchedOnly", true);
    }
    return detail;
  }

  private static void put(Map<String, Object> detail, String name, List<String> texts) {
    if (!texts.isEmpty()) {
      detail.put(name, texts);
    }
  }

  private static List<String> texts(List<RuleId> rules) {
    return rules.stream().map(RuleId::toString).toList();
  }

  private static List<Map<String, Object>> results(List<RuleOutcome> outcomes) {
    List<Map<String, Object>> results = new ArrayList<>(outcomes.size());
    for (RuleOutcome outcome : outcomes) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("ruleId", outcome.ruleId().toString());
      result.put("ruleName", outcome.ruleName());
      result.put("matched", outcome.matched());
      RuleFault fault = outcome.fault();
      if (fault != null) {
        result.put("errorCode", fault.code());
        result.put("error", fault.message());
      }
      if (!outcome.outputs().isEmpty()) {
        result.put("outputs", outcome.outputs());
      }
      results.add(result);
    }
    return results;
  }

  static FoundEntry found(ResultSet row) throws SQLException {
    long missing = row.getLong("missing");
    return missing > 0
        ? new LogGap(
            new TenantId(row.getObject("tenant_id", UUID.class)),
            instant(row, "at"),
            row.getObject("id", UUID.class),
            instant(row, "until"),
            missing)
        : summary(row, row.getInt("matches"));
  }

  private static DecisionSummary summary(ResultSet row, int matched) throws SQLException {
    return new DecisionSummary(
        new DecisionId(row.getObject("id", UUID.class)),
        instant(row, "at"),
        row.getLong("revision"),
        row.getInt("schema_version"),
        row.getInt("evaluated"),
        matched,
        row.getInt("failed"),
        Duration.ofNanos(row.getLong("elapsed_nanos")),
        new Requester(loaded(row, "request_id"), loaded(row, "principal")));
  }

  private static Optional<String> loaded(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getString(column)).map(StorableText::load);
  }

  static LoggedDecision decision(ResultSet row) throws SQLException {
    Members detail = new Members(Json.readObject(row.getString("detail")));
    List<RuleOutcome> outcomes =
        Members.list(Json.readList(row.getString("results")), value -> outcome(Members.of(value)));
    return new LoggedDecision(
        new TenantId(row.getObject("tenant_id", UUID.class)),
        summary(row, matched(outcomes).size()),
        MaskedFacts.written(
            values(Json.readObject(row.getString("facts"))), optionalTexts(detail, "masked")),
        new Selection(
            rules(detail, "rules"),
            new HashSet<>(optionalTexts(detail, "tags")),
            detail.has("matchedOnly"),
            false),
        outcomes,
        rules(detail, "notFound"));
  }

  private static RuleOutcome outcome(Members result) {
    return new RuleOutcome(
        new RuleId(result.uuid("ruleId")),
        result.text("ruleName"),
        result.flag("matched"),
        result.has("errorCode")
            ? new RuleFault(result.text("errorCode"), result.text("error"))
            : null,
        result.has("outputs") ? values(result.members("outputs").object()) : Map.of(),
        null);
  }

  private static Map<String, @Nullable Object> values(Map<?, ?> object) {
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    object.forEach((name, value) -> values.put((String) name, value));
    return values;
  }

  private static List<RuleId> rules(Members detail, String name) {
    return optionalTexts(detail, name).stream().map(UUID::fromString).map(RuleId::new).toList();
  }

  private static List<String> optionalTexts(Members detail, String name) {
    return detail.has(name) ? detail.texts(name) : List.of();
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
