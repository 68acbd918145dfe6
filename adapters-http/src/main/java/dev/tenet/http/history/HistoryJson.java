package dev.tenet.http.history;

import dev.tenet.application.reading.Page;
import dev.tenet.domain.change.Change;
import dev.tenet.domain.change.JournalEntry;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.http.derived.DerivedFieldJson;
import dev.tenet.http.problem.ProblemJson.FaultJson;
import dev.tenet.http.routing.Call;
import dev.tenet.http.routing.PageTokens;
import dev.tenet.http.rule.RuleJson;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of a tenant's history, newest first.
public record HistoryJson(List<EntryJson> entries, @Nullable String nextPageToken) {

  static HistoryJson of(Page<JournalEntry, Long> page, Call call) {
    return new HistoryJson(
        page.items().stream().map(EntryJson::of).toList(),
        call.nextToken(page, PageTokens.BY_NUMBER));
  }

  /// One accepted change with all its consequences.
  ///
  /// @param idempotencyKey how the client named its request, when it did
  public record EntryJson(
      long revision,
      Instant at,
      String actor,
      @Nullable String idempotencyKey,
      List<ChangeJson> changes) {

    static EntryJson of(JournalEntry entry) {
      return new EntryJson(
          entry.revision(),
          entry.at(),
          entry.actor(),
          entry.request() == null ? null : entry.request().key(),
          entry.changes().stream().map(ChangeJson::of).toList());
    }
  }

  /// What changed.
  ///
  /// @param change what happened, such as `rule_added`
  /// @param id of the schema, the derived field or the rule
  /// @param name of the tenant, the derived field or the rule
  /// @param version of the schema
  /// @param rulesRecompiled how many rules are active with the schema
  /// @param rule as it was from then on
  /// @param derivedField as it was from then on
  /// @param from the type before
  /// @param to the type from then on
  /// @param error why it broke, in words
  public record ChangeJson(
      String change,
      @Nullable String id,
      @Nullable String name,
      @Nullable Integer version,
      @Nullable Integer rulesRecompiled,
      @Nullable RuleJson rule,
      @Nullable DerivedFieldJson derivedField,
      @Nullable String from,
      @Nullable String to,
      @Nullable String error,
      @Nullable List<FaultJson> errors) {

    static ChangeJson of(Change change) {
      return switch (change) {
        case Change.TenantCreated(var tenant) -> named(change, null, tenant.name());
        case Change.TenantRenamed(var tenant) -> named(change, null, tenant.name());
        case Change.TenantGoverned(var tenant) -> named(change, null, tenant.name());
        case Change.TenantDeleted deleted -> named(change, null, null);
        case Change.SchemaDefined defined -> schema(defined);
        case Change.SchemaActivated activated -> schema(activated);
        case Change.DerivedFieldDefined(var field) ->
            derivedField(change, DerivedFieldJson.of(field, null));
        case Change.DerivedFieldRevised(var field) ->
            derivedField(change, DerivedFieldJson.of(field, null));
        case Change.DerivedFieldRetyped(var id, var name, var from, var to, var dependencies) ->
            new ChangeJson(
                change.event(), id.toString(), name, null, null, null, null, from, to, null, null);
        case Change.DerivedFieldRemoved(var id, var name) -> named(change, id.toString(), name);
        case Change.DerivedFieldBroken(var id, var name, var faults) ->
            broken(change, id.toString(), name, faults);
        case Change.DerivedFieldRepaired(var id, var name) -> named(change, id.toString(), name);
        case Change.RuleAdded(var rule) -> rule(change, RuleJson.of(rule, null));
        case Change.RuleRevised(var rule) -> rule(change, RuleJson.of(rule, null));
        case Change.RuleRemoved(var id, var name) -> named(change, id.toString(), name);
        case Change.RuleBroken(var id, var name, var faults) ->
            broken(change, id.toString(), name, faults);
        case Change.RuleRepaired(var id, var name, _) -> named(change, id.toString(), name);
      };
    }

    private static ChangeJson named(Change change, @Nullable String id, @Nullable String name) {
      return new ChangeJson(
          change.event(), id, name, null, null, null, null, null, null, null, null);
    }

    private static ChangeJson schema(Change.SchemaChange schema) {
      return new ChangeJson(
          schema.event(),
          schema.version().id().toString(),
          null,
          schema.version().version(),
          schema.rulesRecompiled(),
          null,
          null,
          null,
          null,
          null,
          null);
    }

    private static ChangeJson rule(Change change, RuleJson rule) {
      return new ChangeJson(
          change.event(), rule.id(), rule.name(), null, null, rule, null, null, null, null, null);
    }

    private static ChangeJson derivedField(Change change, DerivedFieldJson field) {
      return new ChangeJson(
          change.event(),
          field.id(),
          field.name(),
          null,
          null,
          null,
          field,
          null,
          null,
          null,
          null);
    }

    private static ChangeJson broken(
        Change change, String id, String name, List<Diagnostic> faults) {
      return new ChangeJson(
          change.event(),
          id,
          name,
          null,
          null,
          null,
          null,
          null,
          null,
          faults.getFirst().message(),
          faults.stream().map(FaultJson::of).toList());
    }
  }
}
