package dev.tenet.http.schema;

import dev.tenet.domain.change.Change;
import dev.tenet.http.schema.SchemaJson.BrokenFieldJson;
import dev.tenet.http.schema.SchemaJson.BrokenRuleJson;
import dev.tenet.http.schema.SchemaJson.NamedFieldJson;
import dev.tenet.http.schema.SchemaJson.NamedRuleJson;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a change meant for rules and derived fields; for a dry run, would mean.
public record EffectsJson(
    List<BrokenRuleJson> rulesFailed,
    List<NamedRuleJson> rulesReactivated,
    List<BrokenFieldJson> derivedFieldsFailed,
    List<NamedFieldJson> derivedFieldsReactivated) {

  static EffectsJson of(List<Change> changes) {
    return new EffectsJson(
        each(changes, Change.RuleBroken.class, BrokenRuleJson::of),
        each(
            changes.stream().filter(EffectsJson::reactivates).toList(),
            Change.RuleRepaired.class,
            rule -> new NamedRuleJson(rule.id().toString(), rule.name())),
        each(changes, Change.DerivedFieldBroken.class, BrokenFieldJson::of),
        each(
            changes,
            Change.DerivedFieldRepaired.class,
            field -> new NamedFieldJson(field.id().toString(), field.name())));
  }

  /// {@return what a change of something else meant for these, or null for nothing}
  public static @Nullable EffectsJson ofOthers(List<Change> changes) {
    EffectsJson effects = of(changes);
    boolean none =
        effects.rulesFailed.isEmpty()
            && effects.rulesReactivated.isEmpty()
            && effects.derivedFieldsFailed.isEmpty()
            && effects.derivedFieldsReactivated.isEmpty();
    return none ? null : effects;
  }

  /// A rule that is not enabled may be repaired, too, and is still not evaluated.
  private static boolean reactivates(Change change) {
    return change instanceof Change.RuleRepaired rule && rule.active();
  }

  static <C extends Change, J> List<J> each(
      List<Change> changes, Class<C> kind, Function<C, J> json) {
    return changes.stream()
        .flatMap(change -> kind.isInstance(change) ? Stream.of(kind.cast(change)) : Stream.empty())
        .map(json)
        .toList();
  }
}
