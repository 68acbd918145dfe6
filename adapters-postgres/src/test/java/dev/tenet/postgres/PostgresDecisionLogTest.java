package dev.tenet.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenet.application.recording.DecisionLog;
import dev.tenet.application.recording.DecisionLogContract;
import dev.tenet.application.recording.Entries;
import dev.tenet.domain.decision.LogEntry;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class PostgresDecisionLogTest extends DecisionLogContract {

  private static final String TABLES =
      "SELECT count(*) FROM pg_inherits WHERE inhparent = 'decisions'::regclass";

  @Override
  protected DecisionLog open() {
    TestDatabase.empty();
    return TestDatabase.decisionLog();
  }

  private static long count(String role, String sql) throws SQLException {
    try (Connection connection = TestDatabase.connect(role);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }

  private static void assertRefused(String role, String sql) {
    assertThatThrownBy(
            () -> {
              try (Connection connection = TestDatabase.connect(role);
                  Statement statement = connection.createStatement()) {
                statement.execute(sql);
              }
            })
        .as("%s: %s", role, sql)
        .isInstanceOf(SQLException.class)
        .hasMessageMatching("(?s).*(permission denied|must be owner).*");
  }

  @Test
  void manyAreWrittenAtOnceOverMidnight() {
    List<LogEntry> entries = new ArrayList<>();
    Instant midnight = Instant.parse("2026-03-05T00:00:00Z");
    for (int number = 0; number < 5_000; number++) {
      entries.add(
          Entries.decision(
              OURS,
              number,
              midnight.plusMillis(number - 2_500),
              1,
              Entries.outcome(1, number % 2 == 0)));
    }
    DecisionLog log = TestDatabase.decisionLog();

    log.write("main", entries);

    assertThat(log.find(OURS, Entries.id(0)))
        .contains((dev.tenet.domain.decision.LoggedDecision) entries.getFirst());
    assertThat(log.find(OURS, Entries.id(4_999))).isPresent();
  }

  @Test
  void nothingIsWrittenWhenOneEntryCannotBe() throws SQLException {
    DecisionLog log = TestDatabase.decisionLog();
    log.write("main", List.of(Entries.decision(OURS, 1)));

    assertThatThrownBy(
            () ->
                log.write("main", List.of(Entries.decision(THEIRS, 2), Entries.decision(OURS, 1))))
        .isInstanceOf(RuntimeException.class);

    assertThat(log.find(THEIRS, Entries.id(2))).isEmpty();
    log.write("main", List.of(Entries.decision(THEIRS, 2)));
    assertThat(log.find(THEIRS, Entries.id(2))).isPresent();
  }

  @Test
  void thereAreTablesForTheDaysToComeAndOldOnesAreDropped() throws SQLException {
    DecisionLog log = TestDatabase.decisionLog();
    log.tidy(Entries.NOON, Entries.NOON);
    long before = count(EmbeddedPostgres.OWNER, TABLES);
    log.write(
        "main",
        List.of(
            Entries.decision(
                OURS, 1, Entries.NOON.minus(Duration.ofDays(100)), 1, Entries.outcome(1, true))));
    assertThat(count(EmbeddedPostgres.OWNER, TABLES)).isEqualTo(before + 1);

    log.tidy(Entries.NOON, Entries.NOON.minus(Duration.ofDays(99)));

    assertThat(count(EmbeddedPostgres.OWNER, TABLES)).isEqualTo(before);
  }

  @Test
  void eachRoleMayDoItsTaskAndNothingElse() throws SQLException {
    TestDatabase.decisionLog()
        .write("main", List.of(Entries.decision(OURS, 1), Entries.decision(THEIRS, 2)));
    String day = "decisions_20260301";
    String row =
        " (tenant_id, at, id, missing, until) VALUES ('%s', '2026-03-01T01:00Z', gen_random_uuid(), 1, now())"
            .formatted(OURS);

    for (String table : List.of("decisions", day)) {
      assertRefused(EmbeddedPostgres.DECISION_WRITER, "SELECT count(*) FROM " + table);
      assertRefused(EmbeddedPostgres.DECISION_WRITER, "UPDATE " + table + " SET missing = 1");
      assertRefused(EmbeddedPostgres.DECISION_WRITER, "DELETE FROM " + table);
      assertRefused(EmbeddedPostgres.DECISION_WRITER, "TRUNCATE " + table);
      assertRefused(EmbeddedPostgres.APPLICATION, "INSERT INTO " + table + row);
      assertRefused(EmbeddedPostgres.APPLICATION, "UPDATE " + table + " SET missing = 1");
      assertRefused(EmbeddedPostgres.APPLICATION, "DELETE FROM " + table);
      assertRefused(EmbeddedPostgres.ADMINISTRATION, "SELECT count(*) FROM " + table);
      assertRefused(EmbeddedPostgres.ADMINISTRATION, "DELETE FROM " + table);
    }
    assertRefused(EmbeddedPostgres.APPLICATION, "SELECT count(*) FROM " + day);
    assertRefused(EmbeddedPostgres.DECISION_WRITER, "INSERT INTO decisions" + row);
    assertRefused(EmbeddedPostgres.DECISION_WRITER, "SELECT count(*) FROM tenants");
    assertRefused(EmbeddedPostgres.DECISION_WRITER, "CREATE TABLE mine (x int)");
    for (String call :
        List.of(
            "tenet_drop_decision_days(current_date)",
            "tenet_delete_decisions('%s', current_date, now(), 1)".formatted(OURS),
            "tenet_decision_tenants(current_date)")) {
      assertRefused(EmbeddedPostgres.APPLICATION, "SELECT " + call);
      assertRefused(EmbeddedPostgres.DECISION_WRITER, "SELECT " + call);
    }
    assertThat(count(EmbeddedPostgres.APPLICATION, "SELECT count(*) FROM decisions")).isZero();
    assertThat(count(EmbeddedPostgres.OWNER, "SELECT count(*) FROM decisions")).isZero();
  }

  @Test
  void whatATenantDidNotWriteItDoesNotSee() {
    TestDatabase.decisionLog()
        .write("main", List.of(Entries.decision(OURS, 1), Entries.decision(THEIRS, 2)));

    List<UUID> seen =
        TestDatabase.transactions()
            .inTenant(
                OURS,
                handle ->
                    handle
                        .createQuery("SELECT DISTINCT tenant_id FROM decisions")
                        .mapTo(UUID.class)
                        .list());

    assertThat(seen).extracting(TenantId::new).containsExactly(OURS);
  }
}
