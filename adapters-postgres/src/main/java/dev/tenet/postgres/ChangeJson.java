package dev.tenet.postgres;

import dev.tenet.domain.change.Change;
import dev.tenet.domain.derived.DerivedFieldId;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.schema.SchemaVersion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The changes of a journal entry, to and from JSON text. Exact, like [DefinitionJson]; each change names its kind in
/// `change`.
final class ChangeJson {

  private ChangeJson() {}

  /// {@return the changes as a JSON array}
  static String write(List<Change> changes) {
    return Json.write(changes.stream().map(ChangeJson::write).toList());
  }

  /// {@return the changes that were written so}
  static List<Change> read(String text) {
    return Members.list(Json.readList(text), ChangeJson::change);
  }

  private static Map<String, Object> write(Change change) {
    return switch (change) {
      case Change.TenantCreated(var tenant) ->
          json("tenantCreated", "tenant", DefinitionJson.write(tenant));
      case Change.TenantRenamed(var tenant) ->
          json("tenantRenamed", "tenant", DefinitionJson.write(tenant));
      case Change.TenantGoverned(var tenant) ->
          json("tenantGoverned", "tenant", DefinitionJson.write(tenant));
      case Change.TenantDeleted() -> json("tenantDeleted");
      case Change.SchemaDefined(var version, var recompiled) ->
          json(
              "schemaDefined",
              "version",
              DefinitionJson.write(version),
              "rulesRecompiled",
              recompiled);
      case Change.SchemaActivated(var version, var from, var recompiled) ->
          json(
              "schemaActivated",
              "version",
              DefinitionJson.write(version),
              "from",
              from,
              "rulesRecompiled",
              recompiled);
      case Change.DerivedFieldDefined(var field) ->
          json("derivedFieldDefined", "field", DefinitionJson.write(field));
      case Change.DerivedFieldRevised(var field) ->
          json("derivedFieldRevised", "field", DefinitionJson.write(field));
      case Change.DerivedFieldRetyped(var id, var name, var from, var to, var dependencies) ->
          json(
              "derivedFieldRetyped",
              "id",
              id.toString(),
              "name",
              name,
              "from",
              from,
              "to",
              to,
              "dependencies",
              dependencies);
      case Change.DerivedFieldRemoved(var id, var name) ->
          json("derivedFieldRemoved", "id", id.toString(), "name", name);
      case Change.DerivedFieldBroken(var id, var name, var faults) ->
          json(
              "derivedFieldBroken",
              "id",
              id.toString(),
              "name",
              name,
              "faults",
              DefinitionJson.write(faults));
      case Change.DerivedFieldRepaired(var id, var name) ->
          json("derivedFieldRepaired", "id", id.toString(), "name", name);
      case Change.RuleAdded(var rule) -> json("ruleAdded", "rule", DefinitionJson.write(rule));
      case Change.RuleRevised(var rule) -> json("ruleRevised", "rule", DefinitionJson.write(rule));
      case Change.RuleRemoved(var id, var name) ->
          json("ruleRemoved", "id", id.toString(), "name", name);
      case Change.RuleBroken(var id, var name, var faults) ->
          json(
              "ruleBroken",
              "id",
              id.toString(),
              "name",
              name,
              "faults",
              DefinitionJson.write(faults));
      case Change.RuleRepaired(var id, var name, var active) ->
          json("ruleRepaired", "id", id.toString(), "name", name, "active", active);
    };
  }

  private static Map<String, Object> json(String kind, Object... members) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("change", kind);
    for (int i = 0; i < members.length; i += 2) {
      json.put((String) members[i], members[i + 1]);
    }
    return json;
  }

  private static Change change(@Nullable Object value) {
    Members json = Members.of(value);
    return switch (json.text("change")) {
      case "tenantCreated" ->
          new Change.TenantCreated(DefinitionJson.tenant(json.members("tenant")));
      case "tenantRenamed" ->
          new Change.TenantRenamed(DefinitionJson.tenant(json.members("tenant")));
      case "tenantGoverned" ->
          new Change.TenantGoverned(DefinitionJson.tenant(json.members("tenant")));
      case "tenantDeleted" -> new Change.TenantDeleted();
      case "schemaDefined" ->
          new Change.SchemaDefined(
              DefinitionJson.schemaVersion(json.members("version")),
              json.integer("rulesRecompiled"));
      case "schemaActivated" -> schemaActivated(json);
      case "ruleAdded" -> new Change.RuleAdded(DefinitionJson.rule(json.members("rule")));
      case "ruleRevised" -> new Change.RuleRevised(DefinitionJson.rule(json.members("rule")));
      case "ruleRemoved" -> new Change.RuleRemoved(ruleId(json), json.text("name"));
      case "ruleBroken" -> new Change.RuleBroken(ruleId(json), json.text("name"), faults(json));
      case "ruleRepaired" ->
          new Change.RuleRepaired(
              ruleId(json), json.text("name"), !json.has("active") || json.flag("active"));
      default -> derivedField(json);
    };
  }

  /// Entries of before 0.1 do not say which version was active; they count as returns to an older one.
  private static Change schemaActivated(Members json) {
    SchemaVersion version = DefinitionJson.schemaVersion(json.members("version"));
    int from = json.has("from") ? json.integer("from") : version.version() + 1;
    return new Change.SchemaActivated(version, from, json.integer("rulesRecompiled"));
  }

  private static Change derivedField(Members json) {
    return switch (json.text("change")) {
      case "derivedFieldDefined" ->
          new Change.DerivedFieldDefined(DefinitionJson.derivedField(json.members("field")));
      case "derivedFieldRevised" ->
          new Change.DerivedFieldRevised(DefinitionJson.derivedField(json.members("field")));
      case "derivedFieldRetyped" ->
          new Change.DerivedFieldRetyped(
              fieldId(json),
              json.text("name"),
              json.text("from"),
              json.text("to"),
              json.texts("dependencies"));
      case "derivedFieldRemoved" ->
          new Change.DerivedFieldRemoved(fieldId(json), json.text("name"));
      case "derivedFieldBroken" ->
          new Change.DerivedFieldBroken(fieldId(json), json.text("name"), faults(json));
      case "derivedFieldRepaired" ->
          new Change.DerivedFieldRepaired(fieldId(json), json.text("name"));
      default ->
          throw new IllegalStateException(
              "The journal holds a change of an unknown kind: " + json.text("change"));
    };
  }

  private static RuleId ruleId(Members json) {
    return new RuleId(json.uuid("id"));
  }

  private static DerivedFieldId fieldId(Members json) {
    return new DerivedFieldId(json.uuid("id"));
  }

  private static List<Diagnostic> faults(Members json) {
    return json.list("faults", DefinitionJson::diagnostic);
  }
}
