package dev.tenet.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenet.postgres.embedded.EmbeddedPostgres;
import dev.tenet.postgres.embedded.TestDirectory;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How the statements for Citus are executed: on an extension of that name which only writes down what it is asked.
@Timeout(120)
final class CitusCommandTest {

  private static final String EXTENSION =
      """
      CREATE TABLE pg_dist_partition (logicalrelid regclass);
      CREATE TABLE pg_dist_node (groupid int, nodename text, nodeport int, shouldhaveshards boolean);
      INSERT INTO pg_dist_node VALUES (0, 'coordinator', 5432, true), (1, 'worker', 5432, true);
      CREATE TABLE refused (name text);
      GRANT SELECT ON pg_dist_partition, pg_dist_node TO PUBLIC;
      CREATE FUNCTION create_distributed_table(name text, distribution text, colocate_with text DEFAULT 'default')
        RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN
          IF name IN (SELECT r.name FROM refused r) THEN
            RAISE 'refused %', name;
          END IF;
          INSERT INTO pg_dist_partition VALUES (name::regclass);
        END $$;
      CREATE FUNCTION create_reference_table(name text)
        RETURNS void LANGUAGE sql SECURITY DEFINER AS
        'INSERT INTO pg_dist_partition VALUES (name::regclass)';
      CREATE FUNCTION citus_set_node_property(node text, port int, property text, value boolean)
        RETURNS void LANGUAGE sql SECURITY DEFINER AS
        'UPDATE pg_dist_node SET shouldhaveshards = value WHERE nodename = node AND nodeport = port';
      """;

  private static void install(Path dataDirectory) throws IOException {
    try (DirectoryStream<Path> binaries = Files.newDirectoryStream(dataDirectory, "postgresql-*")) {
      Path folder = binaries.iterator().next().resolve("share/postgresql/extension");
      Files.writeString(folder.resolve("citus.control"), "default_version = '1'\n");
      Files.writeString(folder.resolve("citus--1.sql"), EXTENSION);
    }
  }

  private static List<String> ask(EmbeddedPostgres server, String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Connection superuser =
            TestDatabase.address(server, "postgres").connect(TestDatabase.PATIENCE);
        Statement statement = superuser.createStatement()) {
      statement.execute(sql);
      ResultSet row = statement.getResultSet();
      while (row != null && row.next()) {
        texts.add(row.getString(1));
      }
      return texts;
    }
  }

  @Test
  void allTablesAreDistributedOnceOrNone() throws IOException, SQLException {
    try (var directory = TestDirectory.empty();
        var server = EmbeddedPostgres.start(directory.path(), 5)) {
      var migrations = new Migrations(TestDatabase.address(server, EmbeddedPostgres.OWNER));
      migrations.up();
      install(directory.path());

      assertThatThrownBy(migrations::distribute)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("The extension citus is not created in this database:");

      // Citus lets everybody set these, whereas PostgreSQL does not know them here.
      ask(
          server,
          "CREATE EXTENSION citus; GRANT SET ON PARAMETER citus.propagate_set_commands,"
              + " citus.enable_local_execution TO tenet_owner; INSERT INTO refused VALUES ('rules')");
      String shape =
          "SELECT conname || pg_get_constraintdef(oid) FROM pg_constraint UNION ALL SELECT relname"
              + " || relforcerowsecurity FROM pg_class ORDER BY 1";
      List<String> before = ask(server, shape);
      assertThatThrownBy(migrations::distribute)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("refused rules");
      assertThat(ask(server, "SELECT logicalrelid FROM pg_dist_partition")).isEmpty();
      assertThat(ask(server, shape)).isEqualTo(before);

      ask(server, "DELETE FROM refused");
      assertThat(migrations.distribute()).isTrue();
      assertThat(ask(server, "SELECT logicalrelid FROM pg_dist_partition"))
          .startsWith("api_keys", "artefacts", "database_identity", "plugin_releases", "tenants")
          .containsExactlyInAnyOrderElementsOf(
              ask(
                  server,
                  "SELECT relname FROM pg_class WHERE relforcerowsecurity OR relname IN ('api_keys', 'artefacts', 'database_identity', 'plugin_releases')"));
      assertThat(ask(server, shape)).isEqualTo(before);
      assertThat(ask(server, "SELECT unnest(setconfig) FROM pg_db_role_setting"))
          .contains("citus.propagate_set_commands=local", "citus.enable_local_execution=off");
      assertThat(ask(server, "SELECT nodename FROM pg_dist_node WHERE shouldhaveshards"))
          .containsExactly("worker");

      assertThat(migrations.distribute()).isFalse();
    }
  }
}
