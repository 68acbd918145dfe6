package dev.tenet.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenet.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What the statements for Citus say of the real catalogue. Citus itself is not there.
final class CitusTest {

  private static final Set<String> WITHOUT_TENANTS =
      Set.of("api_keys", "artefacts", "database_identity", "plugin_releases");

  private static final Path PAGE = Path.of("../docs/scale-out.md");

  @BeforeAll
  static void migrate() {
    TestDatabase.empty();
  }

  private static List<String> distribution(List<String> distributed) throws SQLException {
    try (Connection owner = TestDatabase.connect(EmbeddedPostgres.OWNER)) {
      return Citus.distribution(owner, distributed);
    }
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

  @Test
  void everyTableIsDistributedTenantsFirstAndForcedAgain() throws SQLException {
    List<String> tables =
        texts(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN"
                + " ('r', 'p') AND relname <> 'schema_migrations' AND NOT relispartition");
    List<String> statements = distribution(List.of());

    assertThat(tables).contains("tenants", "journal");
    assertThat(statements).filteredOn(s -> s.contains("create_")).hasSameSizeAs(tables);
    assertThat(statements)
        .filteredOn(s -> s.contains("create_distributed_table"))
        .first()
        .isEqualTo("SELECT create_distributed_table('tenants', 'tenant_id')");
    for (String table : tables) {
      assertThat(statements)
          .filteredOn(s -> s.contains("_table('" + table + "'"))
          .as(table)
          .hasSize(1);
      if (WITHOUT_TENANTS.contains(table)) {
        assertThat(statements)
            .contains("SELECT create_reference_table('" + table + "')")
            .noneMatch(s -> s.startsWith("ALTER TABLE " + table));
      } else {
        assertThat(statements)
            .containsSubsequence(
                "ALTER TABLE " + table + " NO FORCE ROW LEVEL SECURITY",
                "ALTER TABLE " + table + " FORCE ROW LEVEL SECURITY");
      }
    }
  }

  @Test
  void everyForeignKeyIsTakenAwayBeforeAndComesBackAsItWas() throws SQLException {
    List<String> keys =
        texts(
            "SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) || ';'"
                + " || format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname,"
                + " pg_get_constraintdef(oid)) FROM pg_constraint WHERE contype = 'f' AND"
                + " connamespace = 'public'::regnamespace");
    List<String> statements = distribution(List.of());

    assertThat(keys).hasSizeGreaterThan(5);
    assertThat(statements).filteredOn(s -> s.contains("FOREIGN KEY")).hasSameSizeAs(keys);
    for (String key : keys) {
      String[] both = key.split(";", 2);
      assertThat(statements)
          .containsSubsequence(
              both[0], "SELECT create_distributed_table('tenants', 'tenant_id')", both[1]);
    }
  }

  @Test
  void theStatementsLeaveThePlainDatabaseAsItWasWhereTheyAreNotCitusOwn() throws SQLException {
    List<String> statements =
        distribution(List.of()).stream().filter(s -> !s.contains("create_")).toList();
    String shape =
        "SELECT string_agg(conname || pg_get_constraintdef(oid), ',' ORDER BY conname) FROM"
            + " pg_constraint UNION ALL SELECT string_agg(relname || relforcerowsecurity, ',' ORDER BY"
            + " relname) FROM pg_class";
    List<String> before = texts(shape);
    try (Connection owner = TestDatabase.connect(EmbeddedPostgres.OWNER);
        Statement statement = owner.createStatement()) {
      owner.setAutoCommit(false);
      for (String sql : statements) {
        statement.execute(sql);
      }
      owner.commit();
    }

    assertThat(texts(shape)).isEqualTo(before);
  }

  @Test
  void whatIsDistributedIsLeftAlone() throws SQLException {
    List<String> all = texts("SELECT relname FROM pg_class WHERE relkind IN ('r', 'p')");
    assertThat(distribution(all)).isEmpty();

    List<String> allButOne = all.stream().filter(table -> !table.equals("rules")).toList();
    assertThat(distribution(allButOne))
        .containsSubsequence(
            "ALTER TABLE rules DROP CONSTRAINT rules_tenant_id_fkey",
            "SELECT create_distributed_table('rules', 'tenant_id', colocate_with => 'tenants')",
            "ALTER TABLE rules FORCE ROW LEVEL SECURITY")
        .allMatch(s -> s.contains("rules") || s.startsWith("SET LOCAL"));
  }

  @Test
  void thePageShowsTheStatements() throws IOException, SQLException {
    String page = Files.readString(PAGE);
    try (Connection owner = TestDatabase.connect(EmbeddedPostgres.OWNER)) {
      assertThat(page)
          .contains(String.join(";\n", Citus.settings(owner)) + ";\n")
          .contains(
              "BEGIN;\n"
                  + String.join(";\n", Citus.distribution(owner, List.of()))
                  + ";\nCOMMIT;\n");
    }
  }

  @Test
  void aDatabaseWithoutCitusIsToldSo() {
    var migrations = new Migrations(TestDatabase.addressOf(EmbeddedPostgres.OWNER));

    assertThatThrownBy(migrations::distribute)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("This PostgreSQL has no extension citus: use one that Citus is installed on.");
  }

  @Test
  void anOldDatabaseIsMigratedFirst() {
    var migrations =
        new Migrations(
            DatabaseAddress.parse("DATABASE_URL", TestDatabase.singleLoginUrl("undistributed")));

    assertThatThrownBy(migrations::distribute)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("migrate it first with tenet migrate up.");
  }
}
