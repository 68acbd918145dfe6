package dev.tenet.domain.definition;

import dev.tenet.domain.change.Change;
import dev.tenet.domain.change.Command;
import dev.tenet.domain.change.Command.DefineSchema.Precondition;
import dev.tenet.domain.change.Decider;
import dev.tenet.domain.change.Decider.Decision;
import dev.tenet.domain.change.Evolver;
import dev.tenet.domain.change.JournalEntry;
import dev.tenet.domain.change.Rejection;
import dev.tenet.domain.derived.DerivedField;
import dev.tenet.domain.derived.DerivedFieldId;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.schema.SchemaId;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.domain.tenant.TenantState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;

/// Makes of a rule set's definition what a compiler takes, by the same decisions as for a tenant of the server, and reports
/// all faults at once. What the expressions mean is the compiler's to say.
///
/// The same definition gives the same state, ids included, in every process.
public final class DefinitionReader {

  private static final UUID NOBODY = new UUID(0, 0);
  private static final Tenant OWNER =
      new Tenant(new TenantId(NOBODY), "definition", Instant.EPOCH, Instant.EPOCH);

  /// What reading a definition gives.
  public sealed interface Reading {
    /// The definition can be compiled.
    record Valid(TenantState state) implements Reading {}

    /// The definition has faults. Those of the schema come alone, for the rest depends on it.
    record Invalid(List<DefinitionFault> faults) implements Reading {
      public Invalid {
        faults = List.copyOf(faults);
      }
    }
  }

  private final Limits limits;
  private final Decider decider;
  private final TenantState described;
  private final Set<UUID> ids = new HashSet<>();
  private final List<DerivedField> derivedFields = new ArrayList<>();
  private final Map<String, Rule> rules = new LinkedHashMap<>();
  private final List<DefinitionFault> faults = new ArrayList<>();

  /// @param described what the schema alone gives
  private DefinitionReader(Limits limits, Decider decider, TenantState described) {
    this.limits = limits;
    this.decider = decider;
    this.described = described;
  }

  /// {@return the state of a tenant with these definitions, or all of their faults}
  public static Reading read(RuleSetDefinition definition, Limits limits) {
    Decider decider = new Decider(limits);
    TenantState created = TenantState.created(OWNER);
    var schema =
        new Command.DefineSchema(
            new SchemaId(NOBODY), definition.schema(), Precondition.FIRST, true);
    return switch (decider.decide(created, schema, Instant.EPOCH)) {
      case Decision.Rejected(var rejection) ->
          new Reading.Invalid(
              diagnostics(rejection).stream()
                  .map(diagnostic -> new DefinitionFault("schema", diagnostic))
                  .toList());
      case Decision.Accepted(var changes) -> {
        var first =
            new JournalEntry(created.revision() + 1, Instant.EPOCH, OWNER.name(), null, changes);
        yield new DefinitionReader(limits, decider, Evolver.evolve(created, first))
            .read(definition);
      }
    };
  }

  private Reading read(RuleSetDefinition definition) {
    definition.derivedFields().forEach(this::derivedField);
    definition.rules().stream().limit(limits.rules() + 1L).forEach(this::rule);
    return faults.isEmpty() ? new Reading.Valid(with(rules.values())) : new Reading.Invalid(faults);
  }

  private void derivedField(DerivedFieldDefinition field) {
    UUID byName =
        UUID.nameUUIDFromBytes(("derived field " + field.name()).getBytes(StandardCharsets.UTF_8));
    decide(
        with(List.of()),
        new Command.DefineDerivedField(
            new DerivedFieldId(once(byName)), field.name(), new Expression(field.expression()), ""),
        diagnostic -> DefinitionFault.ofDerivedField(field.name(), diagnostic));
  }

  private void rule(RuleDefinition rule) {
    Map<String, Expression> then = new LinkedHashMap<>();
    rule.then().forEach((name, text) -> then.put(name, new Expression(text)));
    decide(
        with(others(rule.name())),
        new Command.AddRule(
            new RuleId(once(rule.id().value())),
            rule.name(),
            "",
            new Expression(rule.expression()),
            then,
            new TreeSet<>(rule.tags()),
            true),
        diagnostic -> DefinitionFault.ofRule(rule.name(), diagnostic));
  }

  /// A second one of a name is somebody else to the decider, which then refuses the name.
  private UUID once(UUID byName) {
    return ids.add(byName) ? byName : NOBODY;
  }

  /// Of the other rules the decider sees those that matter, one of the same name and their number when it is too large, for
  /// looking through all of them for each would take minutes for 100,000.
  private Collection<Rule> others(String name) {
    Rule same = rules.get(name);
    return rules.size() >= limits.rules()
        ? rules.values()
        : same == null ? List.of() : List.of(same);
  }

  private TenantState with(Collection<Rule> some) {
    return new TenantState(
        OWNER,
        described.revision() + derivedFields.size() + some.size(),
        described.schema(),
        described.latestSchemaVersion(),
        derivedFields,
        List.copyOf(some));
  }

  private void decide(
      TenantState before, Command command, Function<Diagnostic, DefinitionFault> fault) {
    switch (decider.decide(before, command, Instant.EPOCH)) {
      case Decision.Accepted(var changes) -> changes.forEach(this::accept);
      case Decision.Rejected(var rejection) ->
          diagnostics(rejection).stream().map(fault).forEach(faults::add);
    }
  }

  private void accept(Change change) {
    switch (change) {
      case Change.DerivedFieldDefined(var field) -> derivedFields.add(field);
      case Change.RuleAdded(var rule) -> rules.put(rule.name(), rule);
      default -> throw new IllegalStateException("no change of a definition: " + change);
    }
  }

  private static List<Diagnostic> diagnostics(Rejection rejection) {
    return rejection.diagnostics().isEmpty()
        ? List.of(Diagnostic.error(rejection.code(), Location.field("name"), rejection.message()))
        : rejection.diagnostics();
  }
}
