package dev.tenet.postgres;

import dev.tenet.domain.change.Change;
import dev.tenet.domain.change.JournalEntry;
import dev.tenet.domain.derived.DerivedField;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.schema.SchemaVersion;
import dev.tenet.domain.tenant.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What a journal entry does to the tables that follow from the journal: the same as
/// [Evolver][dev.tenet.domain.change.Evolver] does to the state, and only to rows that the entry changes.
final class Projection {

  private static final String DEACTIVATE =
      "UPDATE schemas SET active = false WHERE tenant_id = :tenant AND active";
  private static final String ACTIVATE =
      "UPDATE schemas SET active = true WHERE tenant_id = :tenant AND schema_id = :id";
  private static final String DEFINE =
      "INSERT INTO schemas (tenant_id, schema_id, version, active, definition_text, created_at)"
          + " VALUES (:tenant, :id, :version, true, :definition, :createdAt)";
  private static final String LOG =
      "INSERT INTO schema_changelog (tenant_id, revision, schema_id, changed_by, change_type,"
          + " rules_recompiled, rules_failed, error_details, created_at)"
          + " VALUES (:tenant, :revision, :id, :actor, :type, :recompiled, :failed,"
          + " CAST(:errors AS jsonb), :at)";
  private static final String ADD_FIELD =
      "INSERT INTO derived_fields (tenant_id, derived_field_id, name, expression, description, type,"
          + " dependencies, faults, created_revision, created_position, created_at, updated_at)"
          + " VALUES (:tenant, :id, :name, :expression, :description, :type,"
          + " CAST(:dependencies AS jsonb), CAST(:faults AS jsonb), :revision, :position,"
          + " :createdAt, :updatedAt)";
  private static final String REVISE_FIELD =
      "UPDATE derived_fields SET name = :name, expression = :expression, description = :description,"
          + " type = :type, dependencies = CAST(:dependencies AS jsonb),"
          + " faults = CAST(:faults AS jsonb), created_at = :createdAt, updated_at = :updatedAt"
          + " WHERE tenant_id = :tenant AND derived_field_id = :id";
  private static final String RETYPE_FIELD =
      "UPDATE derived_fields SET type = :type, dependencies = CAST(:dependencies AS jsonb)"
          + " WHERE tenant_id = :tenant AND derived_field_id = :id";
  private static final String BREAK_FIELD =
      "UPDATE derived_fields SET faults = CAST(:faults AS jsonb), updated_at = :at"
          + " WHERE tenant_id = :tenant AND derived_field_id = :id";
  private static final String REMOVE_FIELD =
      "DELETE FROM derived_fields WHERE tenant_id = :tenant AND derived_field_id = :id";
  private static final String ADD_RULE =
      "INSERT INTO rules (tenant_id, rule_id, name, description, expression, outputs, tags, enabled,"
          + " faults, created_revision, created_position, created_at, updated_at)"
          + " VALUES (:tenant, :id, :name, :description, :expression, CAST(:outputs AS json),"
          + " CAST(:tags AS jsonb), :enabled, CAST(:faults AS jsonb), :revision, :position,"
          + " :createdAt, :updatedAt)";
  private static final String REVISE_RULE =
      "UPDATE rules SET name = :name, description = :description, expression = :expression,"
          + " outputs = CAST(:outputs AS json), tags = CAST(:tags AS jsonb), enabled = :enabled,"
          + " faults = CAST(:faults AS jsonb), created_at = :createdAt, updated_at = :updatedAt"
          + " WHERE tenant_id = :tenant AND rule_id = :id";
  private static final String BREAK_RULE =
      "UPDATE rules SET faults = CAST(:faults AS jsonb), updated_at = :at"
          + " WHERE tenant_id = :tenant AND rule_id = :id";
  private static final String REMOVE_RULE =
      "DELETE FROM rules WHERE tenant_id = :tenant AND rule_id = :id";

  /// A statement and its parameters.
  record Step(String sql, Map<String, Object> parameters) {}

  private final TenantId tenant;
  private final JournalEntry entry;
  private final List<Step> steps = new ArrayList<>();

  private Projection(TenantId tenant, JournalEntry entry) {
    this.tenant = tenant;
    this.entry = entry;
  }

  /// {@return the statements that carry the entry's changes out, in their order}
  ///
  /// The row of the tenant itself is not among them.
  static List<Step> steps(TenantId tenant, JournalEntry entry) {
    var projection = new Projection(tenant, entry);
    for (int i = 0; i < entry.changes().size(); i++) {
      projection.add(entry.changes().get(i), i);
    }
    return projection.steps;
  }

  private void add(Change change, int position) {
    switch (change) {
      case Change.TenantCreated _,
          Change.TenantRenamed _,
          Change.TenantGoverned _,
          Change.TenantDeleted _ -> {}
      case Change.SchemaDefined defined -> {
        step(DEACTIVATE, Map.of());
        step(DEFINE, row(defined.version()));
        log(defined);
      }
      case Change.SchemaActivated activated when !activated.moves() -> {}
      case Change.SchemaActivated activated -> {
        step(DEACTIVATE, Map.of());
        step(ACTIVATE, Map.of("id", activated.version().id().value()));
        log(activated);
      }
      case Change.DerivedFieldDefined(var field) -> step(ADD_FIELD, placed(row(field), position));
      case Change.DerivedFieldRevised(var field) -> step(REVISE_FIELD, row(field));
      case Change.DerivedFieldRetyped(var id, _, _, var to, var dependencies) ->
          step(
              RETYPE_FIELD,
              Map.of("id", id.value(), "type", text(to), "dependencies", Json.write(dependencies)));
      case Change.DerivedFieldRemoved(var id, _) -> step(REMOVE_FIELD, Map.of("id", id.value()));
      case Change.DerivedFieldBroken(var id, _, var faults) ->
          step(BREAK_FIELD, broken(id.value(), faults));
      case Change.DerivedFieldRepaired(var id, _) ->
          step(BREAK_FIELD, broken(id.value(), List.of()));
      case Change.RuleAdded(var rule) -> step(ADD_RULE, placed(row(rule), position));
      case Change.RuleRevised(var rule) -> step(REVISE_RULE, row(rule));
      case Change.RuleRemoved(var id, _) -> step(REMOVE_RULE, Map.of("id", id.value()));
      case Change.RuleBroken(var id, _, var faults) -> step(BREAK_RULE, broken(id.value(), faults));
      case Change.RuleRepaired(var id, _, _) -> step(BREAK_RULE, broken(id.value(), List.of()));
    }
  }

  private void step(String sql, Map<String, Object> parameters) {
    Map<String, Object> all = new HashMap<>(parameters);
    all.put("tenant", tenant.value());
    steps.add(new Step(sql, all));
  }

  private void log(Change.SchemaChange schemaChange) {
    List<Map<String, Object>> errors = new ArrayList<>();
    for (Change change : entry.changes()) {
      if (change instanceof Change.RuleBroken(var id, var name, var faults)) {
        String error = faults.isEmpty() ? "" : faults.getFirst().message();
        errors.add(Map.of("ruleId", id.toString(), "ruleName", name, "error", error));
      }
    }
    Map<String, Object> row = new HashMap<>();
    row.put("revision", entry.revision());
    row.put("id", schemaChange.version().id().value());
    row.put("actor", text(entry.actor()));
    row.put("type", schemaChange.kind());
    row.put("recompiled", schemaChange.rulesRecompiled());
    row.put("failed", errors.size());
    row.put("errors", Json.write(errors));
    row.put("at", entry.at());
    step(LOG, row);
  }

  private static Map<String, Object> row(SchemaVersion version) {
    return Map.of(
        "id",
        version.id().value(),
        "version",
        version.version(),
        "definition",
        Json.write(version.schema().definition()),
        "createdAt",
        version.createdAt());
  }

  private static Map<String, Object> row(DerivedField field) {
    Map<String, Object> row =
        row(field.id().value(), field.name(), field.description(), field.expression());
    row.put("type", text(field.type()));
    row.put("dependencies", Json.write(field.dependencies()));
    return finish(row, field.faults(), field.createdAt(), field.updatedAt());
  }

  private static Map<String, Object> row(Rule rule) {
    Map<String, Object> row =
        row(rule.id().value(), rule.name(), rule.description(), rule.expression());
    row.put("outputs", Json.write(DefinitionJson.outputs(rule.then())));
    row.put("tags", Json.write(List.copyOf(rule.tags())));
    row.put("enabled", rule.enabled());
    return finish(row, rule.faults(), rule.createdAt(), rule.updatedAt());
  }

  private static Map<String, Object> row(
      UUID id, String name, String description, Expression expression) {
    Map<String, Object> row = new HashMap<>();
    row.put("id", id);
    row.put("name", text(name));
    row.put("description", text(description));
    row.put("expression", text(expression.text()));
    return row;
  }

  private static Map<String, Object> finish(
      Map<String, Object> row, List<Diagnostic> faults, Instant createdAt, Instant updatedAt) {
    row.put("faults", Json.write(DefinitionJson.write(faults)));
    row.put("createdAt", createdAt);
    row.put("updatedAt", updatedAt);
    return row;
  }

  private Map<String, Object> placed(Map<String, Object> row, int position) {
    row.put("revision", entry.revision());
    row.put("position", position);
    return row;
  }

  private Map<String, Object> broken(UUID id, List<Diagnostic> faults) {
    return Map.of("id", id, "faults", Json.write(DefinitionJson.write(faults)), "at", entry.at());
  }

  private static String text(String text) {
    return StorableText.store(text);
  }
}
