package dev.tenet.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What PostgreSQL's own catalogue says of the tables: that they distribute by tenant_id as they are, and that no role that
/// serves requests can get around row-level security.
final class CatalogueTest {

  /// Of the others, `api_keys` belongs to the platform: a key is found by its prefix, unique over all tenants, before it is known
  /// whose it is, so that neither the tenant is part of that key nor row-level security could let it be seen. The application has
  /// no right to it, and the administration none to change what a key is for. What was published is found in the same way, whoever owns it.
  private static final String TENANT_TABLES =
      "(SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
          + " AND relname NOT IN ('schema_migrations', 'database_identity', 'api_keys', 'plugin_releases', 'artefacts') AND NOT relispartition)";

  /// The tables of single days that decisions are written to: COPY is refused under row-level security, so they have none,
  /// and nobody may read them.
  private static final String DAYS =
      "(SELECT oid FROM pg_class WHERE relkind = 'r' AND relispartition)";

  @BeforeAll
  static void migrate() {
    TestDatabase.empty();
  }

  @Test
  void thereAreTheTablesThatOperatorsLookFor() throws SQLException {
    assertThat(texts("SELECT relname FROM pg_class WHERE oid IN " + TENANT_TABLES))
        .containsExactlyInAnyOrder(
            "tenants",
            "journal",
            "schemas",
            "rules",
            "derived_fields",
            "schema_changelog",
            "placements",
            "decisions",
            "quota_accounts",
            "quota_slots",
            "usage_days",
            "audit_log",
            "audit_heads");
  }

  @Test
  void everyPrimaryUniqueAndForeignKeyHoldsTheTenant() throws SQLException {
    String without =
        " AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = %s AND a.attname = 'tenant_id'"
            + " AND a.attnum = ANY (%s))";
    assertThat(
            texts(
                "SELECT conname FROM pg_constraint WHERE contype IN ('p', 'u', 'f', 'x') AND conrelid IN "
                    + TENANT_TABLES
                    + without.formatted("conrelid", "conkey")))
        .isEmpty();
    assertThat(
            texts(
                "SELECT conname FROM pg_constraint WHERE contype = 'f' AND conrelid IN "
                    + TENANT_TABLES
                    + without.formatted("confrelid", "confkey")))
        .isEmpty();
    assertThat(
            texts(
                "SELECT indexrelid::regclass::text FROM pg_index WHERE indisunique AND indrelid IN "
                    + TENANT_TABLES
                    + without.formatted("indrelid", "indkey::int2[]")))
        .isEmpty();
    assertThat(
            texts(
                "SELECT indexrelid::regclass::text FROM pg_index WHERE indisunique AND indrelid IN "
                    + TENANT_TABLES))
        .hasSizeGreaterThan(8);
  }

  @Test
  void everyTableIsUnderForcedRowLevelSecurity() throws SQLException {
    assertThat(
            texts(
                "SELECT relname FROM pg_class WHERE NOT (relrowsecurity AND relforcerowsecurity) AND oid IN "
                    + TENANT_TABLES))
        .isEmpty();
    assertThat(
            texts(
                "SELECT tablename || ' ' || policyname FROM pg_policies WHERE schemaname = 'public' AND"
                    + " (policyname <> 'one_tenant' OR qual IS DISTINCT FROM with_check OR cmd <> 'ALL')"))
        .containsExactlyInAnyOrder(
            "tenants all_tenants",
            "placements all_placements",
            "audit_log all_records",
            "audit_heads all_heads");
  }

  @Test
  void onlyTheTenantsTablesCanBeWrittenFreely() throws SQLException {
    assertThat(
            texts(
                "SELECT grantee || ' ' || table_name || ' ' || string_agg(privilege_type, ' ' ORDER BY privilege_type)"
                    + " FROM information_schema.role_table_grants WHERE table_schema = 'public'"
                    + " AND grantee LIKE 'tenet%' AND grantee <> 'tenet_owner'"
                    + " AND (grantee <> 'tenet_application' OR table_name IN"
                    + " ('placements', 'decisions', 'audit_log', 'audit_heads'))"
                    + " AND grantee <> 'tenet_decision_writer'"
                    + " GROUP BY grantee, table_name ORDER BY 1"))
        .containsExactly(
            "tenet_administration api_keys INSERT SELECT",
            "tenet_administration artefacts DELETE INSERT SELECT",
            "tenet_administration database_identity INSERT SELECT",
            "tenet_administration placements SELECT",
            "tenet_administration plugin_releases DELETE INSERT SELECT",
            "tenet_administration tenants SELECT",
            "tenet_application audit_heads INSERT SELECT UPDATE",
            "tenet_application audit_log INSERT SELECT",
            "tenet_application decisions SELECT",
            "tenet_application placements INSERT SELECT UPDATE");
    assertThat(
            texts(
                "SELECT table_name || ' ' || column_name || ' ' || privilege_type"
                    + " FROM information_schema.column_privileges WHERE table_schema = 'public'"
                    + " AND grantee = 'tenet_administration' AND table_name LIKE 'audit%' ORDER BY 1"))
        .containsExactly("audit_heads tenant_id SELECT", "audit_log tenant_id SELECT");
  }

  @Test
  void ofAKeyOnlyItsUseAndItsEndCanBeWritten() throws SQLException {
    assertThat(
            texts(
                "SELECT grantee || ' ' || column_name FROM information_schema.column_privileges"
                    + " WHERE table_name = 'api_keys' AND privilege_type = 'UPDATE'"
                    + " AND grantee <> 'tenet_owner' ORDER BY 1"))
        .containsExactly("tenet_administration last_used_at", "tenet_administration revoked_at");
  }

  @Test
  void theTablesOfDaysCanBeAddedToAndNothingElse() throws SQLException {
    TestDatabase.decisionLog().tidy(Instant.now(), Instant.EPOCH);

    assertThat(
            texts(
                "SELECT DISTINCT pg_get_userbyid(granted.grantee) || ' ' || granted.privilege_type"
                    + " FROM pg_class c, aclexplode(c.relacl) granted WHERE c.oid IN "
                    + DAYS
                    + " AND granted.grantee <> c.relowner"))
        .containsExactly("tenet_decision_writer INSERT");
    assertThat(
            texts(
                "SELECT table_name FROM information_schema.role_table_grants WHERE table_schema = 'public'"
                    + " AND grantee = 'tenet_decision_writer' AND table_name NOT LIKE 'decisions\\_%'"))
        .isEmpty();
  }

  @Test
  void functionsOfTheOwnerFindNoObjectsOfOthersAndAreForTheirCallersAlone() throws SQLException {
    String ours = " FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef";

    assertThat(texts("SELECT proname" + ours)).hasSizeGreaterThan(4);
    assertThat(
            texts(
                "SELECT proname"
                    + ours
                    + " AND proconfig <> '{\"search_path=pg_catalog, pg_temp\"}'"))
        .isEmpty();
    assertThat(
            texts(
                "SELECT proname || ' ' || coalesce(pg_get_userbyid(nullif(granted.grantee, 0)), 'PUBLIC')"
                    + " FROM pg_proc, aclexplode(coalesce(proacl, acldefault('f', proowner))) granted"
                    + " WHERE pronamespace = 'public'::regnamespace AND prosecdef AND granted.grantee <> proowner"
                    + " ORDER BY 1"))
        .containsExactly(
            "tenet_decision_days tenet_administration",
            "tenet_decision_tenants tenet_administration",
            "tenet_delete_decisions tenet_administration",
            "tenet_drop_decision_days tenet_administration",
            "tenet_make_decision_days tenet_administration",
            "tenet_make_decision_days tenet_decision_writer");
  }

  @Test
  void theRolesHaveNoPowers() throws SQLException {
    assertThat(
            texts(
                "SELECT rolname FROM pg_roles WHERE rolname LIKE 'tenet%' AND"
                    + " (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolreplication)"))
        .isEmpty();
    assertThat(
            texts(
                "SELECT DISTINCT pg_get_userbyid(relowner) FROM pg_class WHERE oid IN "
                    + TENANT_TABLES))
        .containsExactly(EmbeddedPostgres.OWNER);
    assertThat(
            texts(
                "SELECT r.rolname FROM pg_roles r, pg_auth_members m WHERE m.member = r.oid AND"
                    + " r.rolname IN ('tenet_application', 'tenet_administration', 'tenet_decision_writer')"))
        .isEmpty();
  }

  @Test
  void allMomentsHaveATimeZone() throws SQLException {
    assertThat(
            texts(
                "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE"
                    + " table_schema = 'public' AND table_name <> 'schema_migrations' AND"
                    + " data_type = 'timestamp without time zone'"))
        .isEmpty();
  }

  @Test
  void theVersionIsTheLastMigration() throws SQLException {
    assertThat(texts("SELECT max(version::int)::text FROM schema_migrations WHERE success"))
        .containsExactly(Integer.toString(Migrations.newest()));
  }

  private static List<String> texts(String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Connection connection = TestDatabase.connect(EmbeddedPostgres.OWNER);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        texts.add(row.getString(1));
      }
    }
    return texts;
  }
}
