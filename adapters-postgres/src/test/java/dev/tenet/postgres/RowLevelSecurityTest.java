package dev.tenet.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenet.application.change.Corridor;
import dev.tenet.application.evaluation.ScriptedRuleCompiler;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What raw statements can reach through the connections of each role.
final class RowLevelSecurityTest {

  private static final List<String> TABLES =
      List.of("tenants", "journal", "schemas", "rules", "derived_fields", "schema_changelog");

  private TenantId mine = new TenantId(new UUID(0, 0));
  private TenantId other = mine;

  @BeforeEach
  void twoTenants() {
    var corridor = new Corridor(TestDatabase.emptyStore(), new ScriptedRuleCompiler());
    mine = tenant(corridor);
    other = tenant(corridor);
  }

  private static TenantId tenant(Corridor corridor) {
    TenantId tenant = corridor.tenantWithSchema();
    corridor.rule(tenant, "adults", "User.Adult");
    Corridor.accepted(
        corridor.defineDerivedField.define(
            Corridor.request(tenant), "grown", new Expression("User.Adult"), ""));
    return tenant;
  }

  @Test
  void aTransactionSeesItsTenantOnly() {
    for (String table : TABLES) {
      List<UUID> seen =
          TestDatabase.transactions()
              .inTenant(
                  mine,
                  handle ->
                      handle
                          .createQuery("SELECT DISTINCT tenant_id FROM " + table)
                          .mapTo(UUID.class)
                          .list());
      assertThat(seen).as(table).containsExactly(mine.value());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {EmbeddedPostgres.APPLICATION, EmbeddedPostgres.OWNER})
  void withoutATenantNothingIsSeen(String role) throws SQLException {
    try (Connection connection = TestDatabase.connect(role)) {
      for (String table : TABLES) {
        assertThat(count(connection, "SELECT count(*) FROM " + table)).as(table).isZero();
      }
      assertThat(update(connection, "DELETE FROM rules")).isZero();
    }
  }

  @Test
  void theSettingDoesNotOutliveItsTransaction() throws SQLException {
    try (Connection connection = TestDatabase.connect(EmbeddedPostgres.APPLICATION)) {
      connection.setAutoCommit(false);
      update(connection, "SET LOCAL app.tenant_id = '" + mine + "'");
      assertThat(count(connection, "SELECT count(*) FROM rules")).isOne();
      connection.commit();
      assertThat(count(connection, "SELECT count(*) FROM rules")).isZero();
      connection.rollback();
    }
  }

  @Test
  void writesForAnotherTenantAreRefusedOrReachNothing() throws SQLException {
    try (Connection connection = TestDatabase.connect(EmbeddedPostgres.APPLICATION)) {
      assertRefused(
          connection,
          "INSERT INTO tenants (tenant_id, name, revision) VALUES (gen_random_uuid(), 'x', 1)");
      assertRefused(
          connection,
          "INSERT INTO journal (tenant_id, revision, actor, changes_schema, changes) VALUES ('%s', 99, 'x', false, '[]')"
              .formatted(other));
      for (String table : TABLES) {
        assertRefused(connection, "UPDATE %s SET tenant_id = '%s'".formatted(table, other));
        assertThat(asMine(connection, "DELETE FROM %s WHERE tenant_id = '%s'", table, other))
            .as(table)
            .isZero();
      }
      assertThat(
              asMine(connection, "UPDATE %s SET name = 'x' WHERE tenant_id = '%s'", "rules", other))
          .isZero();
    }
  }

  private static int asMine(Connection connection, String sql, String table, TenantId tenant)
      throws SQLException {
    return update(connection, sql.formatted(table, tenant));
  }

  private void assertRefused(Connection connection, String sql) throws SQLException {
    connection.setAutoCommit(false);
    update(connection, "SET LOCAL app.tenant_id = '" + mine + "'");
    assertThatThrownBy(() -> update(connection, sql))
        .as(sql)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("row-level security");
    connection.rollback();
    connection.setAutoCommit(true);
  }

  @Test
  void aTransactionSeesAndWritesThePlacementOfItsTenantOnly() throws SQLException {
    var placements = new PlacementTable(TestDatabase.transactions());
    placements.replace(mine, "main", "eu");
    placements.replace(other, "main", "us");
    List<String> seen =
        TestDatabase.transactions()
            .inTenant(
                mine,
                handle ->
                    handle
                        .createQuery("SELECT database FROM placements")
                        .mapTo(String.class)
                        .list());
    assertThat(seen).containsExactly("eu");
    try (Connection connection = TestDatabase.connect(EmbeddedPostgres.APPLICATION)) {
      assertThat(count(connection, "SELECT count(*) FROM placements")).isZero();
      assertThat(update(connection, "UPDATE placements SET database = 'x'")).isZero();
      assertRefused(connection, "UPDATE placements SET tenant_id = '%s'".formatted(other));
      assertThatThrownBy(() -> update(connection, "DELETE FROM placements"))
          .hasMessageContaining("permission denied");
      assertThatThrownBy(() -> count(connection, "SELECT count(*) FROM database_identity"))
          .hasMessageContaining("permission denied");
    }
    try (Connection connection = TestDatabase.connect(EmbeddedPostgres.ADMINISTRATION)) {
      assertThat(count(connection, "SELECT count(*) FROM placements")).isEqualTo(2);
      for (String sql :
          List.of(
              "UPDATE placements SET database = 'x'",
              "DELETE FROM placements",
              "UPDATE database_identity SET name = 'x'",
              "DELETE FROM database_identity")) {
        assertThatThrownBy(() -> update(connection, sql))
            .as(sql)
            .hasMessageContaining("permission denied");
      }
    }
  }

  @Test
  void theApplicationCannotLeaveItsRole() throws SQLException {
    try (Connection connection = TestDatabase.connect(EmbeddedPostgres.APPLICATION)) {
      for (String sql :
          List.of(
              "SET ROLE tenet_administration",
              "SET ROLE tenet_owner",
              "ALTER TABLE rules DISABLE ROW LEVEL SECURITY",
              "DROP POLICY one_tenant ON rules",
              "TRUNCATE rules",
              "CREATE TABLE mine (x int)",
              "COPY rules TO PROGRAM 'cat'")) {
        assertThatThrownBy(() -> update(connection, sql)).as(sql).isInstanceOf(SQLException.class);
      }
    }
  }

  @Test
  void administrationListsTenantsAndSeesNothingElse() throws SQLException {
    try (Connection connection = TestDatabase.connect(EmbeddedPostgres.ADMINISTRATION)) {
      assertThat(count(connection, "SELECT count(*) FROM tenants")).isEqualTo(2);
      for (String table : TABLES.subList(1, TABLES.size())) {
        assertThatThrownBy(() -> count(connection, "SELECT count(*) FROM " + table))
            .as(table)
            .hasMessageContaining("permission denied");
      }
      assertThatThrownBy(() -> update(connection, "DELETE FROM tenants"))
          .hasMessageContaining("permission denied");
    }
  }

  private static long count(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }

  private static int update(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }
}
