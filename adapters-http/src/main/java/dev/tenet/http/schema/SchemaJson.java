package dev.tenet.http.schema;

import dev.tenet.application.change.ChangeResult;
import dev.tenet.application.reading.Page;
import dev.tenet.application.schema.FindSchema.FoundSchema;
import dev.tenet.domain.change.Change;
import dev.tenet.domain.change.JournalEntry;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.schema.SchemaVersion;
import dev.tenet.http.problem.ProblemJson.FaultJson;
import dev.tenet.http.routing.Call;
import dev.tenet.http.routing.PageTokens;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A version of a schema.
///
/// @param status `active` or `inactive`
public record SchemaJson(
    String schemaId,
    int version,
    String status,
    Map<String, Object> definition,
    Instant createdAt,
    @Nullable Long revision) {

  static SchemaJson of(FoundSchema found, @Nullable Long revision) {
    SchemaVersion version = found.version();
    return new SchemaJson(
        version.id().toString(),
        version.version(),
        found.active() ? "active" : "inactive",
        version.schema().definition(),
        version.createdAt(),
        revision);
  }

  /// A page of versions.
  public record ListJson(List<SchemaJson> versions, @Nullable String nextPageToken) {
    static ListJson of(Page<FoundSchema, Long> page, Call call) {
      return new ListJson(
          page.items().stream().map(found -> SchemaJson.of(found, null)).toList(),
          call.nextToken(page, PageTokens.BY_NUMBER));
    }
  }

  /// A version that has become active, and what that meant for rules and derived fields; for a dry run, would mean.
  ///
  /// @param rulesRecompiled how many rules are active with it
  public record ChangedJson(
      String schemaId,
      int version,
      String status,
      Map<String, Object> definition,
      Instant createdAt,
      int rulesRecompiled,
      List<BrokenRuleJson> rulesFailed,
      List<NamedRuleJson> rulesReactivated,
      List<BrokenFieldJson> derivedFieldsFailed,
      List<NamedFieldJson> derivedFieldsReactivated,
      List<RetypedFieldJson> derivedFieldsRetyped,
      long revision) {

    static ChangedJson of(ChangeResult.Accepted<SchemaVersion> accepted) {
      SchemaVersion version = accepted.value();
      List<Change> changes = accepted.changes();
      EffectsJson effects = EffectsJson.of(changes);
      return new ChangedJson(
          version.id().toString(),
          version.version(),
          "active",
          version.schema().definition(),
          version.createdAt(),
          recompiled(changes),
          effects.rulesFailed(),
          effects.rulesReactivated(),
          effects.derivedFieldsFailed(),
          effects.derivedFieldsReactivated(),
          EffectsJson.each(
              changes,
              Change.DerivedFieldRetyped.class,
              field ->
                  new RetypedFieldJson(
                      field.id().toString(), field.name(), field.from(), field.to())),
          accepted.revision());
    }
  }

  /// A rule that no longer compiles and is inactive.
  ///
  /// @param error the first fault in words
  public record BrokenRuleJson(
      String ruleId, String ruleName, String error, List<FaultJson> errors) {
    static BrokenRuleJson of(Change.RuleBroken broken) {
      return new BrokenRuleJson(
          broken.id().toString(), broken.name(), first(broken.faults()), faults(broken.faults()));
    }
  }

  /// A rule.
  public record NamedRuleJson(String ruleId, String ruleName) {}

  /// A derived field that no longer compiles.
  public record BrokenFieldJson(
      String derivedId, String name, String error, List<FaultJson> errors) {
    static BrokenFieldJson of(Change.DerivedFieldBroken broken) {
      return new BrokenFieldJson(
          broken.id().toString(), broken.name(), first(broken.faults()), faults(broken.faults()));
    }
  }

  /// A derived field.
  public record NamedFieldJson(String derivedId, String name) {}

  /// A derived field whose type has changed.
  public record RetypedFieldJson(String derivedId, String name, String from, String to) {}

  /// One entry of the changelog.
  ///
  /// @param changeType `created`, `updated` or, when an older version than before is active, `rolled_back`
  public record ChangelogEntryJson(
      long revision,
      String schemaId,
      int version,
      String changeType,
      String changedBy,
      int rulesRecompiled,
      int rulesFailed,
      List<BrokenRuleJson> errorDetails,
      Instant createdAt) {

    static Optional<ChangelogEntryJson> of(JournalEntry entry) {
      return entry.schemaChange().map(change -> of(entry, change));
    }

    private static ChangelogEntryJson of(JournalEntry entry, Change.SchemaChange change) {
      List<BrokenRuleJson> broken =
          EffectsJson.each(entry.changes(), Change.RuleBroken.class, BrokenRuleJson::of);
      return new ChangelogEntryJson(
          entry.revision(),
          change.version().id().toString(),
          change.version().version(),
          change.kind(),
          entry.actor(),
          change.rulesRecompiled(),
          broken.size(),
          broken,
          entry.at());
    }
  }

  /// A page of the changelog.
  public record ChangelogJson(List<ChangelogEntryJson> changes, @Nullable String nextPageToken) {
    static ChangelogJson of(Page<JournalEntry, Long> page, Call call) {
      return new ChangelogJson(
          page.items().stream().flatMap(entry -> ChangelogEntryJson.of(entry).stream()).toList(),
          call.nextToken(page, PageTokens.BY_NUMBER));
    }
  }

  private static int recompiled(List<Change> changes) {
    return changes.stream()
        .mapToInt(c -> c instanceof Change.SchemaChange change ? change.rulesRecompiled() : 0)
        .sum();
  }

  private static String first(List<Diagnostic> faults) {
    return faults.getFirst().message();
  }

  private static List<FaultJson> faults(List<Diagnostic> faults) {
    return faults.stream().map(FaultJson::of).toList();
  }
}
