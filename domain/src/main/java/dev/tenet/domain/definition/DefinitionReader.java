package dev.tenet.domain.definition;

import dev.tenet.domain.change.Change;
import dev.tenet.domain.change.Command;
import dev.tenet.domain.change.Command.DefineSchema.Precondition;
import dev.tenet.domain.change.Decider;
import dev.tenet.domain.change.Evolver;
import dev.tenet.domain.change.JournalEntry;
import dev.tenet.domain.change.Rejection;
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
  private final Set<UUID> ids = new HashSet<>();
  private final List<DefinitionFault> faults = new ArrayList<>();
  private final Map<String, Rule> rules = new LinkedHashMap<>();
  private TenantState state = TenantState.created(OWNER);

  private DefinitionReader(Limits limits) {
    this.limits = limits;
    this.decider = new Decider(limits);
  }

  /// {@return the state of a tenant with these definitions, or all of their faults}
  public static Reading read(RuleSetDefinition definition, Limits limits) {
    DefinitionReader reader = new DefinitionReader(limits);
    reader.schema(definition.schema());
    if (reader.faults.isEmpty()) {
      definition.derivedFields().forEach(reader::derivedField);
      definition.rules().stream().limit(limits.rules() + 1L).forEach(reader::rule);
    }
    return reader.faults.isEmpty()
        ? new Reading.Valid(reader.with(reader.rules.values()))
        : new Reading.Invalid(reader.faults);
  }

  private void schema(Map<String, ?> definition) {
    define(
        new Command.DefineSchema(new SchemaId(NOBODY), definition, Precondition.FIRST, true),
        diagnostic -> new DefinitionFault("schema", diagnostic));
  }

  private void derivedField(DerivedFieldDefinition field) {
    UUID byName =
        UUID.nameUUIDFromBytes(("derived field " + field.name()).getBytes(StandardCharsets.UTF_8));
    define(
        new Command.DefineDerivedField(
            new DerivedFieldId(once(byName)), field.name(), new Expression(field.expression()), ""),
        diagnostic -> DefinitionFault.ofDerivedField(field.name(), diagnostic));
  }

  private void rule(RuleDefinition rule) {
    Map<String, Expression> then = new LinkedHashMap<>();
    rule.then().forEach((name, text) -> then.put(name, new Expression(text)));
    var add =
        new Command.AddRule(
            new RuleId(once(rule.id().value())),
            rule.name(),
            "",
            new Expression(rule.expression()),
            then,
            new TreeSet<>(rule.tags()),
            true);
    decide(others(rule.name()), add, diagnostic -> DefinitionFault.ofRule(rule.name(), diagnostic))
        .forEach(this::added);
  }

  /// Of the other rules the decider sees those that matter, one of the same name and their number when it is too large, for
  /// looking through all of them for each would take minutes for 100,000.
  private TenantState others(String name) {
    Rule same = rules.get(name);
    return with(
        rules.size() >= limits.rules() ? rules.values() : same == null ? List.of() : List.of(same));
  }

  private TenantState with(Collection<Rule> some) {
    return new TenantState(
        OWNER,
        state.revision() + some.size(),
        state.schema(),
        state.latestSchemaVersion(),
        state.derivedFields(),
        List.copyOf(some));
  }

  private void added(Change change) {
    if (change instanceof Change.RuleAdded(var rule)) {
      rules.put(rule.name(), rule);
    }
  }

  /// A second one of a name is somebody else to the decider, which then refuses the name.
  private UUID once(UUID byName) {
    return ids.add(byName) ? byName : NOBODY;
  }

  private void define(Command command, Function<Diagnostic, DefinitionFault> fault) {
    List<Change> changes = decide(state, command, fault);
    if (!changes.isEmpty()) {
      state =
          Evolver.evolve(
              state,
              new JournalEntry(state.revision() + 1, Instant.EPOCH, OWNER.name(), null, changes));
    }
  }

  /// {@return the changes, none when the command is refused and its faults are noted}
  private List<Change> decide(
      TenantState before, Command command, Function<Diagnostic, DefinitionFault> fault) {
    return switch (decider.decide(before, command, Instant.EPOCH)) {
      case Decider.Decision.Accepted(var changes) -> changes;
      case Decider.Decision.Rejected(var rejection) -> {
        diagnostics(rejection).stream().map(fault).forEach(faults::add);
        yield List.of();
      }
    };
  }

  private static List<Diagnostic> diagnostics(Rejection rejection) {
    return rejection.diagnostics().isEmpty()
        ? List.of(Diagnostic.error(rejection.code(), Location.field("name"), rejection.message()))
        : rejection.diagnostics();
  }
}
