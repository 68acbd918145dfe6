package dev.tenet.domain.audit;

import dev.tenet.domain.change.Change;
import dev.tenet.domain.change.JournalEntry;
import dev.tenet.domain.derived.DerivedField;
import dev.tenet.domain.derived.DerivedFieldId;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.schema.SchemaVersion;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.domain.tenant.TenantState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Says of an accepted change what is recorded: the first of its changes, which was asked for, with the definition before
/// and after it, and of what followed how much there was of each kind. The rest is in the journal, at the revision.
public final class ChangeAudit {

  private ChangeAudit() {}

  /// What somebody asked for.
  private record Subject(
      String resource, Optional<Map<String, Object>> before, Optional<Map<String, Object>> after) {}

  /// {@return the event that the entry is}
  ///
  /// @param before the tenant's state before the entry, empty when it creates the tenant
  /// @param requestId names the request, when there was one
  public static AuditEvent of(
      TenantId tenant,
      Optional<TenantState> before,
      JournalEntry entry,
      @Nullable String requestId) {
    Change change = entry.changes().getFirst();
    Subject subject = subject(tenant, before, change);
    Map<String, Object> detail = new LinkedHashMap<>();
    detail.put("revision", entry.revision());
    subject.before().ifPresent(value -> detail.put("before", value));
    subject.after().ifPresent(value -> detail.put("after", value));
    Map<String, Object> consequences = consequences(entry.changes());
    if (!consequences.isEmpty()) {
      detail.put("consequences", consequences);
    }
    return AuditEvent.of(
        entry.at(),
        entry.actor(),
        change.event(),
        subject.resource(),
        Outcome.ACCEPTED,
        requestId,
        AuditDetail.of(detail));
  }

  private static Map<String, Object> consequences(List<Change> changes) {
    Map<String, Object> counts = new TreeMap<>();
    changes.stream()
        .skip(1)
        .forEach(change -> counts.merge(change.event(), 1L, (a, b) -> (long) a + (long) b));
    return counts;
  }

  private static Subject subject(TenantId tenant, Optional<TenantState> before, Change change) {
    return switch (change) {
      case Change.TenantCreated(var created) ->
          new Subject(name(tenant), Optional.empty(), Optional.of(json(created)));
      case Change.TenantRenamed(var renamed) ->
          new Subject(
              name(tenant), before.map(state -> json(state.tenant())), Optional.of(json(renamed)));
      case Change.TenantGoverned(var governed) ->
          new Subject(
              name(tenant),
              before.map(state -> SettingsAudit.difference(state.settings(), governed.settings())),
              before.map(state -> SettingsAudit.difference(governed.settings(), state.settings())));
      case Change.TenantDeleted() ->
          new Subject(name(tenant), before.map(ChangeAudit::summary), Optional.empty());
      case Change.SchemaChange schema ->
          new Subject(
              "schema/" + schema.version().version(),
              before.flatMap(TenantState::activeSchema).map(ChangeAudit::json),
              Optional.of(json(schema.version())));
      case Change.DerivedFieldDefined(var field) ->
          field(field.id(), before, Optional.of(json(field)));
      case Change.DerivedFieldRevised(var field) ->
          field(field.id(), before, Optional.of(json(field)));
      case Change.DerivedFieldRemoved(var id, _) -> field(id, before, Optional.empty());
      case Change.DerivedFieldRetyped retyped -> field(retyped.id(), before, Optional.empty());
      case Change.DerivedFieldBroken broken -> field(broken.id(), before, Optional.empty());
      case Change.DerivedFieldRepaired repaired -> field(repaired.id(), before, Optional.empty());
      case Change.RuleAdded(var rule) -> rule(rule.id(), before, Optional.of(json(rule)));
      case Change.RuleRevised(var rule) -> rule(rule.id(), before, Optional.of(json(rule)));
      case Change.RuleRemoved(var id, _) -> rule(id, before, Optional.empty());
      case Change.RuleBroken broken -> rule(broken.id(), before, Optional.empty());
      case Change.RuleRepaired repaired -> rule(repaired.id(), before, Optional.empty());
    };
  }

  private static Subject field(
      DerivedFieldId id, Optional<TenantState> before, Optional<Map<String, Object>> after) {
    return new Subject(
        "derived_field/" + id,
        before.flatMap(state -> state.derivedField(id)).map(ChangeAudit::json),
        after);
  }

  private static Subject rule(
      RuleId id, Optional<TenantState> before, Optional<Map<String, Object>> after) {
    return new Subject(
        "rule/" + id, before.flatMap(state -> state.rule(id)).map(ChangeAudit::json), after);
  }

  private static String name(TenantId tenant) {
    return "tenant/" + tenant;
  }

  private static Map<String, Object> json(Tenant tenant) {
    return Map.of("name", tenant.name());
  }

  private static Map<String, Object> summary(TenantState state) {
    Map<String, Object> json = new LinkedHashMap<>(json(state.tenant()));
    state.activeSchema().ifPresent(schema -> json.put("schemaVersion", schema.version()));
    json.put("derivedFields", state.derivedFields().size());
    json.put("rules", state.rules().size());
    return json;
  }

  /// A definition may have a megabyte, and is kept for good in its version; its hash tells which it was.
  private static Map<String, Object> json(SchemaVersion version) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", version.id().toString());
    json.put("version", version.version());
    json.put("definition", AuditDetail.digest(version.schema().definition()));
    return json;
  }

  private static Map<String, Object> json(DerivedField field) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", field.name());
    json.put("expression", field.expression().text());
    json.put("description", field.description());
    return json;
  }

  private static Map<String, Object> json(Rule rule) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", rule.name());
    json.put("description", rule.description());
    json.put("expression", rule.expression().text());
    Map<String, Object> then = new LinkedHashMap<>();
    rule.then().forEach((name, expression) -> then.put(name, expression.text()));
    json.put("then", then);
    json.put("tags", List.copyOf(rule.tags()));
    json.put("enabled", rule.enabled());
    return json;
  }
}
