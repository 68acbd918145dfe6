package dev.tenet.postgres;

import dev.tenet.domain.derived.DerivedField;
import dev.tenet.domain.derived.DerivedFieldId;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.governance.TenantSettings;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.schema.Schema;
import dev.tenet.domain.schema.SchemaId;
import dev.tenet.domain.schema.SchemaReader;
import dev.tenet.domain.schema.SchemaVersion;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.domain.tenant.TenantId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Tenants, schema versions, derived fields, rules and diagnostics, to and from plain JSON values. Exact: reading what
/// was written gives an equal value, with everything in the same order.
final class DefinitionJson {

  private DefinitionJson() {}

  static Map<String, Object> write(Tenant tenant) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", tenant.id().toString());
    json.put("name", tenant.name());
    json.put("settings", SettingsJson.write(tenant.settings()));
    json.put("createdAt", tenant.createdAt().toString());
    json.put("updatedAt", tenant.updatedAt().toString());
    return json;
  }

  static Tenant tenant(Members json) {
    return new Tenant(
        new TenantId(json.uuid("id")),
        json.text("name"),
        json.has("settings")
            ? SettingsJson.settings(json.members("settings"))
            : TenantSettings.DEFAULT,
        json.instant("createdAt"),
        json.instant("updatedAt"));
  }

  static Map<String, Object> write(SchemaVersion version) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", version.id().toString());
    json.put("version", version.version());
    json.put("definition", version.schema().definition());
    json.put("createdAt", version.createdAt().toString());
    return json;
  }

  static SchemaVersion schemaVersion(Members json) {
    return new SchemaVersion(
        new SchemaId(json.uuid("id")),
        json.integer("version"),
        schema(json.members("definition").object()),
        json.instant("createdAt"));
  }

  static Schema schema(Map<?, ?> definition) {
    return switch (SchemaReader.read(definition)) {
      case SchemaReader.Reading.Valid(var schema) -> schema;
      case SchemaReader.Reading.Invalid(var diagnostics) ->
          throw new IllegalStateException("A stored schema cannot be read: " + diagnostics);
    };
  }

  static Map<String, Object> write(DerivedField field) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", field.id().toString());
    json.put("name", field.name());
    json.put("expression", field.expression().text());
    json.put("description", field.description());
    json.put("type", field.type());
    json.put("dependencies", field.dependencies());
    json.put("faults", write(field.faults()));
    json.put("createdAt", field.createdAt().toString());
    json.put("updatedAt", field.updatedAt().toString());
    return json;
  }

  static DerivedField derivedField(Members json) {
    return new DerivedField(
        new DerivedFieldId(json.uuid("id")),
        json.text("name"),
        new Expression(json.text("expression")),
        json.text("description"),
        json.text("type"),
        json.texts("dependencies"),
        json.list("faults", DefinitionJson::diagnostic),
        json.instant("createdAt"),
        json.instant("updatedAt"));
  }

  static Map<String, Object> write(Rule rule) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", rule.id().toString());
    json.put("name", rule.name());
    json.put("description", rule.description());
    json.put("expression", rule.expression().text());
    json.put("then", outputs(rule.then()));
    json.put("tags", List.copyOf(rule.tags()));
    json.put("enabled", rule.enabled());
    json.put("faults", write(rule.faults()));
    json.put("createdAt", rule.createdAt().toString());
    json.put("updatedAt", rule.updatedAt().toString());
    return json;
  }

  static Rule rule(Members json) {
    return new Rule(
        new RuleId(json.uuid("id")),
        json.text("name"),
        json.text("description"),
        new Expression(json.text("expression")),
        outputs(json.members("then")),
        new TreeSet<>(json.texts("tags")),
        json.flag("enabled"),
        json.list("faults", DefinitionJson::diagnostic),
        json.instant("createdAt"),
        json.instant("updatedAt"));
  }

  static Map<String, Object> outputs(Map<String, Expression> then) {
    Map<String, Object> json = new LinkedHashMap<>();
    then.forEach((name, expression) -> json.put(name, expression.text()));
    return json;
  }

  static Map<String, Expression> outputs(Members json) {
    return json.map((name, text) -> new Expression(text));
  }

  static List<Object> write(List<Diagnostic> diagnostics) {
    return diagnostics.stream().<Object>map(DefinitionJson::write).toList();
  }

  private static Map<String, Object> write(Diagnostic diagnostic) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("code", diagnostic.code());
    json.put("severity", diagnostic.severity().name());
    json.put("location", write(diagnostic.location()));
    json.put("message", diagnostic.message());
    if (diagnostic.suggestion() != null) {
      json.put("suggestion", diagnostic.suggestion());
    }
    return json;
  }

  static Diagnostic diagnostic(@Nullable Object value) {
    Members json = Members.of(value);
    return new Diagnostic(
        json.text("code"),
        Diagnostic.Severity.valueOf(json.text("severity")),
        location(json.members("location")),
        json.text("message"),
        json.optionalText("suggestion"));
  }

  private static Map<String, Object> write(Location location) {
    Map<String, Object> json = new LinkedHashMap<>();
    switch (location) {
      case Location.Span span -> {
        json.put("part", span.part());
        json.put("offset", span.offset());
        json.put("length", span.length());
        json.put("line", span.line());
        json.put("column", span.column());
      }
      case Location.Pointer(var pointer) -> json.put("pointer", pointer);
      case Location.Field(var field) -> json.put("field", field);
    }
    return json;
  }

  private static Location location(Members json) {
    if (json.object().containsKey("pointer")) {
      return new Location.Pointer(json.text("pointer"));
    }
    if (json.object().containsKey("field")) {
      return new Location.Field(json.text("field"));
    }
    return new Location.Span(
        json.text("part"),
        json.integer("offset"),
        json.integer("length"),
        json.integer("line"),
        json.integer("column"));
  }
}
