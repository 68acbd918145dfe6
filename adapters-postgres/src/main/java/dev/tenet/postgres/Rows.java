package dev.tenet.postgres;

import dev.tenet.domain.change.JournalEntry;
import dev.tenet.domain.change.JournalEntry.RequestKey;
import dev.tenet.domain.derived.DerivedField;
import dev.tenet.domain.derived.DerivedFieldId;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.schema.SchemaId;
import dev.tenet.domain.schema.SchemaVersion;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.domain.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/// Reads the rows of the tables.
final class Rows {

  private Rows() {}

  static Tenant tenant(ResultSet row) throws SQLException {
    return new Tenant(
        new TenantId(uuid(row, "tenant_id")),
        text(row, "name"),
        SettingsJson.settings(Members.of(Json.readObject(row.getString("settings")))),
        instant(row, "created_at"),
        instant(row, "updated_at"));
  }

  static JournalEntry journalEntry(ResultSet row) throws SQLException {
    boolean keyed = row.getString("request_key") != null;
    return new JournalEntry(
        row.getLong("revision"),
        instant(row, "at"),
        text(row, "actor"),
        keyed ? new RequestKey(text(row, "request_key"), text(row, "request_fingerprint")) : null,
        ChangeJson.read(row.getString("changes")));
  }

  static SchemaVersion schemaVersion(ResultSet row) throws SQLException {
    return new SchemaVersion(
        new SchemaId(uuid(row, "schema_id")),
        row.getInt("version"),
        DefinitionJson.schema(Json.readObject(row.getString("definition_text"))),
        instant(row, "created_at"));
  }

  static DerivedField derivedField(ResultSet row) throws SQLException {
    return new DerivedField(
        new DerivedFieldId(uuid(row, "derived_field_id")),
        text(row, "name"),
        new Expression(text(row, "expression")),
        text(row, "description"),
        text(row, "type"),
        texts(row, "dependencies"),
        faults(row),
        instant(row, "created_at"),
        instant(row, "updated_at"));
  }

  static Rule rule(ResultSet row) throws SQLException {
    return new Rule(
        new RuleId(uuid(row, "rule_id")),
        text(row, "name"),
        text(row, "description"),
        new Expression(text(row, "expression")),
        DefinitionJson.outputs(new Members(Json.readObject(row.getString("outputs")))),
        new TreeSet<>(texts(row, "tags")),
        row.getBoolean("enabled"),
        faults(row),
        instant(row, "created_at"),
        instant(row, "updated_at"));
  }

  private static List<Diagnostic> faults(ResultSet row) throws SQLException {
    return Members.list(Json.readList(row.getString("faults")), DefinitionJson::diagnostic);
  }

  private static List<String> texts(ResultSet row, String column) throws SQLException {
    return Members.list(Json.readList(row.getString(column)), String.class::cast);
  }

  static String text(ResultSet row, String column) throws SQLException {
    return StorableText.load(row.getString(column));
  }

  static UUID uuid(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static Optional<Instant> optionalInstant(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
        .map(OffsetDateTime::toInstant);
  }
}
