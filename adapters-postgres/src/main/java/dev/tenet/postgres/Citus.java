package dev.tenet.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/// Distributes the tables over the nodes of a Citus cluster, each tenant as a whole on one of them.
///
/// The statements are made of the catalogue, so that they name the tables of every migration: those that are
/// granted to Tenet's roles, by `tenant_id` if they have it and else as a whole on every node. `docs/scale-out.md` shows them.
final class Citus {

  /// A table that is not distributed yet.
  private record Table(String name, boolean ofTenants, boolean forced) {}

  private record ForeignKey(String table, String name, String definition) {}

  /// The tables that are granted to Tenet's roles; those of others in the same database are left alone.
  private static final String TABLES =
      """
      SELECT c.oid::regclass::text, c.relforcerowsecurity,
        EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id')
      FROM pg_class c
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
        AND EXISTS (SELECT FROM aclexplode(c.relacl) granted WHERE granted.grantee
          IN ('tenet_application'::regrole, 'tenet_administration'::regrole))
      ORDER BY c.relname = 'tenants' DESC, c.relname
      """;

  private static final String DISTRIBUTED =
      "SELECT logicalrelid::regclass::text FROM pg_dist_partition";

  private static final String FOREIGN_KEYS =
      """
      SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
      FROM pg_constraint
      WHERE contype = 'f' AND conparentid = 0 AND connamespace = 'public'::regnamespace
      ORDER BY 1, 2
      """;

  private Citus() {}

  /// {@return the statements that tell Citus how to treat the transactions of Tenet}
  static List<String> settings(Connection connection) throws SQLException {
    String database = one(connection, "SELECT quote_ident(current_database())");
    return List.of(
        "ALTER DATABASE %s SET citus.propagate_set_commands = 'local'".formatted(database),
        "ALTER DATABASE %s SET citus.enable_local_execution = off".formatted(database),
        "SELECT citus_set_node_property(nodename, nodeport, 'shouldhaveshards', false)"
            + " FROM pg_dist_node WHERE groupid = 0 AND shouldhaveshards");
  }

  /// {@return the statements, to be executed in one transaction, that distribute the tables; none when all are}
  ///
  /// @param distributed tables that are distributed already
  static List<String> distribution(Connection connection, List<String> distributed)
      throws SQLException {
    List<Table> tables = tables(connection, distributed);
    if (tables.isEmpty()) {
      return List.of();
    }
    List<String> names = tables.stream().map(Table::name).toList();
    List<ForeignKey> keys =
        foreignKeys(connection).stream().filter(key -> names.contains(key.table())).toList();
    List<String> statements = new ArrayList<>();
    statements.add("SET LOCAL citus.multi_shard_modify_mode = 'sequential'");
    keys.forEach(
        key ->
            statements.add("ALTER TABLE %s DROP CONSTRAINT %s".formatted(key.table(), key.name())));
    tables.stream()
        .filter(Table::forced)
        .forEach(
            table ->
                statements.add(
                    "ALTER TABLE %s NO FORCE ROW LEVEL SECURITY".formatted(table.name())));
    tables.stream()
        .filter(table -> !table.ofTenants())
        .forEach(
            table -> statements.add("SELECT create_reference_table('%s')".formatted(table.name())));
    tables.stream()
        .filter(Table::ofTenants)
        .forEach(table -> statements.add(distribution(table.name())));
    tables.stream()
        .filter(Table::forced)
        .forEach(
            table ->
                statements.add("ALTER TABLE %s FORCE ROW LEVEL SECURITY".formatted(table.name())));
    keys.forEach(
        key ->
            statements.add(
                "ALTER TABLE %s ADD CONSTRAINT %s %s"
                    .formatted(key.table(), key.name(), key.definition())));
    return statements;
  }

  private static String distribution(String table) {
    return table.equals("tenants")
        ? "SELECT create_distributed_table('tenants', 'tenant_id')"
        : "SELECT create_distributed_table('%s', 'tenant_id', colocate_with => 'tenants')"
            .formatted(table);
  }

  private static List<Table> tables(Connection connection, List<String> distributed)
      throws SQLException {
    List<Table> tables = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(TABLES)) {
      while (row.next()) {
        if (!distributed.contains(row.getString(1))) {
          tables.add(new Table(row.getString(1), row.getBoolean(3), row.getBoolean(2)));
        }
      }
    }
    return tables;
  }

  private static List<ForeignKey> foreignKeys(Connection connection) throws SQLException {
    List<ForeignKey> keys = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(FOREIGN_KEYS)) {
      while (row.next()) {
        keys.add(new ForeignKey(row.getString(1), row.getString(2), row.getString(3)));
      }
    }
    return keys;
  }

  /// Distributes what is not distributed yet: all of it or, when something fails, nothing.
  ///
  /// @param connection as the owner of the tables
  /// @return whether anything was to do
  /// @throws IllegalStateException with a message for the operator when there is no Citus in the database
  static boolean distribute(Connection connection) throws SQLException {
    requireCitus(connection);
    execute(connection, settings(connection));
    connection.setAutoCommit(false);
    List<String> statements = distribution(connection, texts(connection, DISTRIBUTED));
    execute(connection, statements);
    connection.commit();
    return !statements.isEmpty();
  }

  private static void requireCitus(Connection connection) throws SQLException {
    if (!texts(connection, "SELECT extname FROM pg_extension").contains("citus")) {
      throw new IllegalStateException(
          texts(connection, "SELECT name FROM pg_available_extensions").contains("citus")
              ? "The extension citus is not created in this database: let an administrator execute CREATE EXTENSION citus in it, and add the nodes."
              : "This PostgreSQL has no extension citus: use one that Citus is installed on.");
    }
  }

  private static void execute(Connection connection, List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static List<String> texts(Connection connection, String query) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      while (row.next()) {
        texts.add(row.getString(1));
      }
    }
    return texts;
  }

  private static String one(Connection connection, String query) throws SQLException {
    return texts(connection, query).getFirst();
  }
}
