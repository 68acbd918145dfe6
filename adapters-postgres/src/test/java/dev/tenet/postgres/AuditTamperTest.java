package dev.tenet.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenet.application.audit.AuditFilter;
import dev.tenet.application.change.Corridor;
import dev.tenet.application.evaluation.ScriptedRuleCompiler;
import dev.tenet.application.reading.PageRequest;
import dev.tenet.domain.audit.AuditChain.Verification;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What the application may not do with what is recorded, and what is seen of it when a superuser does.
final class AuditTamperTest {

  private static final int RECORDS = 12;

  private TenantId tenant = TenantId.PLATFORM;
  private TenantId deleted = TenantId.PLATFORM;
  private final PostgresAuditLog log = new PostgresAuditLog(TestDatabase.transactions());

  @BeforeEach
  void aChain() {
    var corridor = new Corridor(TestDatabase.emptyStore(), new ScriptedRuleCompiler());
    tenant = corridor.tenantWithSchema();
    for (int i = 2; i < RECORDS; i++) {
      corridor.rule(tenant, "rule " + i, "true");
    }
    deleted = corridor.tenant();
    Corridor.accepted(corridor.deleteTenant.delete(Corridor.request(deleted)));
  }

  static Stream<Arguments> tamperings() {
    return Stream.of(
        Arguments.of(
            4, "altered", "UPDATE audit_log SET actor = 'nobody' WHERE %s AND sequence = 4"),
        Arguments.of(
            4,
            "altered",
            "UPDATE audit_log SET at = at + interval '1 microsecond' WHERE %s AND sequence = 4"),
        Arguments.of(
            4,
            "altered",
            "UPDATE audit_log SET detail = replace(detail::text, 'true', 'false')::json WHERE %s AND sequence = 4"),
        Arguments.of(
            4,
            "not as Tenet writes it",
            "UPDATE audit_log SET detail = ('{\"revision\":9,' || substr(detail::text, 2))::json WHERE %s AND sequence = 4"),
        Arguments.of(
            4,
            "no value of a detail",
            "UPDATE audit_log SET detail = '{\"revision\":4.5}' WHERE %s AND sequence = 4"),
        Arguments.of(
            4, "cannot be read", "UPDATE audit_log SET detail = '[]' WHERE %s AND sequence = 4"),
        Arguments.of(
            4, "outcome", "UPDATE audit_log SET outcome = 'fine' WHERE %s AND sequence = 4"),
        Arguments.of(
            4,
            "texts of an event are short",
            "UPDATE audit_log SET actor = repeat('x', 300) WHERE %s AND sequence = 4"),
        Arguments.of(
            4, "altered", "UPDATE audit_log SET request_id = 'made up' WHERE %s AND sequence = 4"),
        Arguments.of(
            4, "altered", "UPDATE audit_log SET hash = sha256('x') WHERE %s AND sequence = 4"),
        Arguments.of(
            4,
            "does not follow",
            "UPDATE audit_log SET previous_hash = sha256('x') WHERE %s AND sequence = 4"),
        Arguments.of(5, "missing", "DELETE FROM audit_log WHERE %s AND sequence = 5"),
        Arguments.of(1, "missing", "DELETE FROM audit_log WHERE %s AND sequence < 3"),
        Arguments.of(1, "missing", "DELETE FROM audit_log WHERE %s"),
        Arguments.of(
            10,
            "the chain ends with record 12",
            "DELETE FROM audit_log WHERE %s AND sequence >= 10"),
        Arguments.of(
            6,
            "does not follow",
            "UPDATE audit_log SET sequence = 1000 WHERE %s AND sequence = 6; "
                + "UPDATE audit_log SET sequence = 6 WHERE %s AND sequence = 8; "
                + "UPDATE audit_log SET sequence = 8 WHERE %s AND sequence = 1000"),
        Arguments.of(
            12,
            "kept for the end of the chain",
            "UPDATE audit_heads SET hash = sha256('x') WHERE %s"),
        Arguments.of(
            12, "after record 11, the end", "UPDATE audit_heads SET sequence = 11 WHERE %s"),
        Arguments.of(13, "missing", "UPDATE audit_heads SET sequence = 13 WHERE %s"),
        Arguments.of(12, "is missing", "DELETE FROM audit_heads WHERE %s"),
        Arguments.of(
            12,
            "after record 11, the end",
            "UPDATE audit_heads h SET sequence = 11, hash = l.hash FROM audit_log l"
                + " WHERE l.%s AND l.sequence = 11 AND h.%s"));
  }

  @ParameterizedTest
  @MethodSource("tamperings")
  void theFirstBrokenLinkIsNamed(long sequence, String words, String sql) throws SQLException {
    assertThat(log.verify(tenant)).isInstanceOf(Verification.Proved.class);

    as("postgres", sql.replace("%s", "tenant_id = '" + tenant + "'"));

    assertThat(log.verify(tenant))
        .isInstanceOfSatisfying(
            Verification.Broken.class,
            broken -> {
              assertThat(broken.fault()).contains(words);
              assertThat(broken.sequence()).isEqualTo(sequence);
            });
    assertThat(log.verify(deleted)).isInstanceOf(Verification.Proved.class);
  }

  @Test
  void theApplicationCanAddAndReadAndNothingElse() throws SQLException {
    for (TenantId one : List.of(tenant, deleted)) {
      for (String sql :
          List.of(
              "UPDATE audit_log SET actor = 'nobody'",
              "UPDATE audit_log SET actor = actor WHERE false",
              "DELETE FROM audit_log",
              "TRUNCATE audit_log",
              "TRUNCATE audit_log, audit_heads",
              "DELETE FROM audit_heads",
              "ALTER TABLE audit_log DISABLE ROW LEVEL SECURITY",
              "DROP TABLE audit_log",
              "INSERT INTO audit_log SELECT * FROM audit_log ON CONFLICT (tenant_id, sequence)"
                  + " DO UPDATE SET actor = 'nobody'",
              "MERGE INTO audit_log l USING audit_heads h ON l.tenant_id = h.tenant_id"
                  + " WHEN MATCHED THEN DELETE",
              "SELECT * FROM audit_log FOR UPDATE")) {
        assertThatThrownBy(
                () -> as(EmbeddedPostgres.APPLICATION, "SET app.tenant_id = '" + one + "'; " + sql))
            .as(sql)
            .isInstanceOf(SQLException.class)
            .message()
            .containsAnyOf("permission denied", "must be owner");
      }
      assertThat(log.verify(one)).isInstanceOf(Verification.Proved.class);
    }
    assertThatThrownBy(
            () ->
                as(
                    EmbeddedPostgres.APPLICATION,
                    "SET app.tenant_id = '%s'; INSERT INTO audit_log SELECT '%s', 99, at, actor, action, resource, outcome, request_id, detail, previous_hash, hash FROM audit_log LIMIT 1"
                        .formatted(tenant, deleted)))
        .hasMessageContaining("row-level security");
    as(EmbeddedPostgres.APPLICATION, "SET app.tenant_id = '" + tenant + "'; DELETE FROM tenants");
    assertThat(log.verify(tenant))
        .isInstanceOfSatisfying(
            Verification.Proved.class,
            proved -> assertThat(proved.head().sequence()).isEqualTo(RECORDS));
  }

  @Test
  void administrationSeesWhichChainsThereAreAndNothingElse() throws SQLException {
    as(EmbeddedPostgres.ADMINISTRATION, "SELECT tenant_id FROM audit_log");
    as(EmbeddedPostgres.ADMINISTRATION, "SELECT tenant_id FROM audit_heads");
    for (String sql :
        List.of(
            "SELECT actor FROM audit_log",
            "SELECT hash FROM audit_heads",
            "DELETE FROM audit_log",
            "UPDATE audit_heads SET sequence = 1")) {
      assertThatThrownBy(() -> as(EmbeddedPostgres.ADMINISTRATION, sql))
          .as(sql)
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void aRecordThatCannotBeReadIsNamedInLists() throws SQLException {
    as("postgres", "UPDATE audit_log SET outcome = 'fine' WHERE sequence = 4");
    assertThatThrownBy(
            () -> log.list(tenant, AuditFilter.ALL, new PageRequest<>(100, Optional.empty())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(
            "Record 4 of the tenant " + tenant + " cannot be read: its outcome");
  }

  @Test
  void nothingIsAddedToAChainWhoseEndWasSetBack() throws SQLException {
    var corridor =
        new Corridor(
            new PostgresTenantStore(TestDatabase.transactions()), new ScriptedRuleCompiler());
    as("postgres", "UPDATE audit_heads SET sequence = 5 WHERE tenant_id = '" + tenant + "'");
    assertThatThrownBy(() -> corridor.rule(tenant, "one more", "true"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has records after its end");
    assertThat(corridor.state(tenant).rules()).hasSize(RECORDS - 2);
  }

  private static void as(String role, String sql) throws SQLException {
    try (Connection connection = TestDatabase.connect(role);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
