package dev.tenet.domain.change;

import dev.tenet.domain.derived.DerivedField;
import dev.tenet.domain.derived.DerivedFieldId;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.schema.SchemaVersion;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.domain.tenant.TenantState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Folds changes into a tenant's state.
public final class Evolver {

  private Evolver() {}

  /// {@return the state after all the changes of the entry, at the entry's revision}
  public static TenantState evolve(TenantState state, JournalEntry entry) {
    Draft draft = new Draft(state);
    entry.changes().forEach(change -> draft.apply(change, entry.at()));
    return draft.at(entry.revision());
  }

  /// {@return whether the entry leaves everything as it is but the revision}
  public static boolean changesNothing(TenantState state, JournalEntry entry) {
    Draft draft = new Draft(state);
    entry.changes().forEach(change -> draft.apply(change, entry.at()));
    return entry.changes().stream().noneMatch(Change.TenantDeleted.class::isInstance)
        && draft.at(state.revision()).equals(state);
  }

  /// {@return the state of a tenant whose first entry this is}
  public static TenantState begin(JournalEntry entry) {
    if (entry.changes().getFirst() instanceof Change.TenantCreated(var tenant)) {
      return TenantState.created(tenant);
    }
    throw new IllegalArgumentException("a tenant's first change is its creation");
  }

  /// {@return the state after all the entries, which are a tenant's first ones, in order; empty when there are none}
  public static Optional<TenantState> replay(Iterator<JournalEntry> entries) {
    if (!entries.hasNext()) {
      return Optional.empty();
    }
    JournalEntry entry = entries.next();
    Draft draft = new Draft(begin(entry));
    while (entries.hasNext()) {
      entry = entries.next();
      for (Change change : entry.changes()) {
        draft.apply(change, entry.at());
      }
    }
    return Optional.of(draft.at(entry.revision()));
  }

  private static final class Draft {
    private Tenant tenant;
    private @Nullable SchemaVersion schema;
    private int latestSchemaVersion;
    private List<DerivedField> derivedFields;
    private List<Rule> rules;
    private final Map<RuleId, Integer> positions = new HashMap<>();

    Draft(TenantState state) {
      tenant = state.tenant();
      schema = state.schema();
      latestSchemaVersion = state.latestSchemaVersion();
      derivedFields = state.derivedFields();
      rules = state.rules();
    }

    TenantState at(long revision) {
      return new TenantState(tenant, revision, schema, latestSchemaVersion, derivedFields, rules);
    }

    void apply(Change change, Instant at) {
      switch (change) {
        case Change.TenantCreated created -> tenant = created.tenant();
        case Change.TenantRenamed(var renamed) -> tenant = renamed;
        case Change.TenantGoverned(var governed) -> tenant = governed;
        case Change.TenantDeleted deleted -> {
          schema = null;
          derivedFields = List.of();
          rules(List.of());
        }
        case Change.SchemaDefined(var version, var recompiled) -> {
          schema = version;
          latestSchemaVersion = version.version();
        }
        case Change.SchemaActivated(var version, var from, var recompiled) -> schema = version;
        case Change.DerivedFieldDefined(var field) -> derivedFields = plus(derivedFields, field);
        case Change.DerivedFieldRevised(var field) -> field(field.id(), old -> field);
        case Change.DerivedFieldRetyped(var id, var name, var from, var to, var dependencies) ->
            field(id, old -> old.inferred(to, dependencies));
        case Change.DerivedFieldRemoved(var id, var name) ->
            derivedFields = without(derivedFields, field -> field.id().equals(id));
        case Change.DerivedFieldBroken(var id, var name, var faults) ->
            field(id, old -> old.broken(faults, at));
        case Change.DerivedFieldRepaired(var id, var name) ->
            field(id, old -> old.broken(List.of(), at));
        case Change.RuleAdded(var rule) -> rules(plus(rules, rule));
        case Change.RuleRevised(var rule) -> rule(rule.id(), old -> rule);
        case Change.RuleRemoved(var id, var name) ->
            rules(without(rules, rule -> rule.id().equals(id)));
        case Change.RuleBroken(var id, var name, var faults) ->
            rule(id, old -> old.broken(faults, at));
        case Change.RuleRepaired(var id, var name, var active) ->
            rule(id, old -> old.broken(List.of(), at));
      }
    }

    private void field(DerivedFieldId id, UnaryOperator<DerivedField> revision) {
      derivedFields =
          derivedFields.stream().map(f -> f.id().equals(id) ? revision.apply(f) : f).toList();
    }

    private void rules(List<Rule> next) {
      rules = next;
      positions.clear();
    }

    /// Finds the rule by an index, for a schema change may break thousands of them.
    private void rule(RuleId id, UnaryOperator<Rule> revision) {
      if (positions.isEmpty()) {
        rules = new ArrayList<>(rules);
        for (int i = 0; i < rules.size(); i++) {
          positions.put(rules.get(i).id(), i);
        }
      }
      Integer position = positions.get(id);
      if (position != null) {
        rules.set(position, revision.apply(rules.get(position)));
      }
    }

    private static <T> List<T> plus(List<T> list, T element) {
      List<T> longer = new ArrayList<>(list.size() + 1);
      longer.addAll(list);
      longer.add(element);
      return longer;
    }

    private static <T> List<T> without(List<T> list, Predicate<T> gone) {
      return list.stream().filter(gone.negate()).toList();
    }
  }
}
