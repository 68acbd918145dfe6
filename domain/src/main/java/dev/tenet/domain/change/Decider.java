package dev.tenet.domain.change;

import dev.tenet.domain.change.Rejection.Reason;
import dev.tenet.domain.derived.DerivedField;
import dev.tenet.domain.derived.DerivedFieldId;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.domain.governance.SettingsPatch;
import dev.tenet.domain.governance.TenantSettings;
import dev.tenet.domain.plugin.InstalledPlugin;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.schema.Schema;
import dev.tenet.domain.schema.SchemaReader;
import dev.tenet.domain.schema.SchemaVersion;
import dev.tenet.domain.tenant.Limits;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.domain.tenant.TenantState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Decides what a command changes: the first half of the write side, [Settlement] is the second.
///
/// Here stand all invariants that need no compiler: what exists, what is unique, what is too much.
public final class Decider {

  /// What deciding gives.
  public sealed interface Decision {
    /// The command changes this.
    record Accepted(List<Change> changes) implements Decision {
      public Accepted {
        changes = List.copyOf(changes);
      }
    }

    /// The command changes nothing.
    record Rejected(Rejection rejection) implements Decision {}
  }

  private final Limits limits;

  public Decider(Limits limits) {
    this.limits = limits;
  }

  /// {@return whether the tenant may be created}
  public Decision create(Tenant tenant) {
    var faults = new Faults(limits);
    faults.name("name", tenant.name());
    return faults.or(() -> accepted(new Change.TenantCreated(tenant)));
  }

  /// {@return what the command changes in a tenant of this state}
  public Decision decide(TenantState state, Command command, Instant at) {
    if (state.id().equals(TenantId.PLATFORM) && touchesThePlatform(state, command)) {
      return rejected(
          Rejection.of(
              Reason.CONFLICT,
              "platform_protected",
              "The platform's own tenant stays, and so does its schema: access rules are written over it."));
    }
    return switch (command) {
      case Command.RenameTenant(var name) -> {
        var faults = new Faults(limits);
        faults.name("name", name);
        Tenant tenant = state.tenant();
        Tenant renamed = name.equals(tenant.name()) ? tenant : tenant.rename(name, at);
        yield faults.or(() -> accepted(new Change.TenantRenamed(renamed)));
      }
      case Command.GovernTenant(var patch) -> govern(state.tenant(), patch, at);
      case Command.DeleteTenant delete -> accepted(new Change.TenantDeleted());
      case Command.DefineSchema define -> defineSchema(state, define, at);
      case Command.ActivateSchema(var version, var strict) -> activateSchema(state, version);
      case Command.DefineDerivedField define -> defineDerivedField(state, define, at);
      case Command.ReviseDerivedField revise -> reviseDerivedField(state, revise, at);
      case Command.RemoveDerivedField(var id) ->
          state
              .derivedField(id)
              .map(field -> accepted(new Change.DerivedFieldRemoved(id, field.name())))
              .orElseGet(() -> rejected(Rejection.notFound("derived field")));
      case Command.AddRule add -> addRule(state, add, at);
      case Command.ReviseRule revise -> reviseRule(state, revise, at);
      case Command.RemoveRule(var id) ->
          state
              .rule(id)
              .map(rule -> accepted(new Change.RuleRemoved(id, rule.name())))
              .orElseGet(() -> rejected(Rejection.notFound("rule")));
    };
  }

  private Decision govern(Tenant tenant, SettingsPatch patch, Instant at) {
    if (patch instanceof SettingsPatch.PluginRemoval(var name)
        && !tenant.settings().plugins().containsKey(name)) {
      return rejected(Rejection.notFound(InstalledPlugin.isScript(name) ? "script" : "plugin"));
    }
    var faults = new Faults(limits);
    TenantSettings settings = patch.apply(tenant.settings());
    faults.settings(tenant.settings(), settings);
    Tenant governed = settings.equals(tenant.settings()) ? tenant : tenant.govern(settings, at);
    return faults.or(() -> accepted(new Change.TenantGoverned(governed)));
  }

  private static boolean touchesThePlatform(TenantState state, Command command) {
    return switch (command) {
      case Command.DeleteTenant _, Command.ActivateSchema _ -> true;
      case Command.DefineSchema _ -> state.schema() != null;
      default -> false;
    };
  }

  private Decision defineSchema(TenantState state, Command.DefineSchema define, Instant at) {
    if (define.when() == Command.DefineSchema.Precondition.FIRST && state.schema() != null) {
      return rejected(
          Rejection.of(
              Reason.CONFLICT,
              "schema_exists",
              "The tenant has a schema already (version %d); use PUT to update it."
                  .formatted(state.schema().version())));
    }
    return switch (SchemaReader.read(define.definition())) {
      case SchemaReader.Reading.Invalid(var diagnostics) ->
          rejected(Rejection.invalid(diagnostics));
      case SchemaReader.Reading.Valid(var schema) ->
          nameClash(state, schema)
              .orElseGet(
                  () ->
                      accepted(
                          new Change.SchemaDefined(
                              new SchemaVersion(
                                  define.id(), state.latestSchemaVersion() + 1, schema, at),
                              0)));
    };
  }

  /// The definition is read again: an older Tenet may have accepted what this one refuses.
  private static Decision activateSchema(TenantState state, SchemaVersion version) {
    if (SchemaReader.read(version.schema().definition())
        instanceof SchemaReader.Reading.Invalid(var diagnostics)) {
      return rejected(Rejection.invalid(diagnostics));
    }
    int from = state.activeSchema().map(SchemaVersion::version).orElse(0);
    return nameClash(state, version.schema())
        .orElseGet(() -> accepted(new Change.SchemaActivated(version, from, 0)));
  }

  private static Optional<Decision> nameClash(TenantState state, Schema schema) {
    return state.derivedFields().stream()
        .map(DerivedField::name)
        .filter(schema.objects()::containsKey)
        .findFirst()
        .map(
            name ->
                rejected(
                    Rejection.of(
                        Reason.CONFLICT,
                        "name_taken",
                        "There is a derived field named \"%s\"; an object cannot have the same name."
                            .formatted(name))));
  }

  private Decision defineDerivedField(
      TenantState state, Command.DefineDerivedField define, Instant at) {
    if (state.derivedFields().size() >= limits.derivedFields()) {
      return rejected(
          Rejection.of(
              Reason.LIMIT,
              "derived_field_limit_reached",
              "The tenant has %d derived fields, as many as it may."
                  .formatted(limits.derivedFields())));
    }
    var field =
        new DerivedField(
            define.id(),
            define.name(),
            define.expression(),
            define.description(),
            "dyn",
            List.of(),
            List.of(),
            at,
            at);
    return derivedField(state, field, new Change.DerivedFieldDefined(field));
  }

  private Decision reviseDerivedField(
      TenantState state, Command.ReviseDerivedField revise, Instant at) {
    Optional<DerivedField> old = state.derivedField(revise.id());
    if (old.isEmpty()) {
      return rejected(Rejection.notFound("derived field"));
    }
    DerivedField revised = old.get().revise(revise.patch(), at);
    boolean sameLogic = revised.expression().equals(old.get().expression());
    DerivedField next = sameLogic ? revised.broken(old.get().faults(), at) : revised;
    DerivedField field = next.differsFrom(old.get()) ? next : old.get();
    return derivedField(state, field, new Change.DerivedFieldRevised(field));
  }

  private Decision derivedField(TenantState state, DerivedField field, Change change) {
    var faults = new Faults(limits);
    faults.identifier("name", field.name());
    faults.expression("expression", field.expression());
    faults.description(field.description());
    return faults.or(
        () -> {
          if (state.schema() == null) {
            return rejected(noSchema());
          }
          if (state.schema().schema().objects().containsKey(field.name())) {
            return rejected(taken("an object of the schema", field.name()));
          }
          return derivedFieldNamed(state, field.name(), field.id())
              ? rejected(taken("a derived field", field.name()))
              : accepted(change);
        });
  }

  private static boolean derivedFieldNamed(TenantState state, String name, DerivedFieldId other) {
    return state.derivedFields().stream()
        .anyMatch(field -> field.name().equals(name) && !field.id().equals(other));
  }

  private Decision addRule(TenantState state, Command.AddRule add, Instant at) {
    if (state.rules().size() >= limits.rules()) {
      return rejected(
          Rejection.of(
              Reason.LIMIT,
              "rule_limit_reached",
              "The tenant has %d rules, as many as it may.".formatted(limits.rules())));
    }
    var rule =
        new Rule(
            add.id(),
            add.name(),
            add.description(),
            add.expression(),
            add.then(),
            add.tags(),
            add.enabled(),
            List.of(),
            at,
            at);
    return rule(state, rule, new Change.RuleAdded(rule));
  }

  private Decision reviseRule(TenantState state, Command.ReviseRule revise, Instant at) {
    Optional<Rule> old = state.rule(revise.id());
    if (old.isEmpty()) {
      return rejected(Rejection.notFound("rule"));
    }
    Rule before = old.get();
    Optional<Boolean> active = Optional.of(before.active());
    Optional<Diagnostic> contradiction = revise.patch().contradiction(active);
    if (contradiction.isPresent()) {
      return rejected(Rejection.invalid(List.of(contradiction.get())));
    }
    Rule rule = before.revise(revise.patch(), at);
    boolean sameLogic =
        rule.expression().equals(before.expression()) && rule.then().equals(before.then());
    boolean askedToRun =
        rule.enabled() && (!before.enabled() || revise.patch().asked(active).isPresent());
    Rule next = sameLogic && !askedToRun ? rule.broken(before.faults(), at) : rule;
    Rule revised = next.differsFrom(before) ? next : before;
    return rule(state, revised, new Change.RuleRevised(revised));
  }

  private Decision rule(TenantState state, Rule rule, Change change) {
    var faults = new Faults(limits);
    faults.name("name", rule.name());
    faults.expression("expression", rule.expression());
    faults.description(rule.description());
    faults.outputs(rule.then());
    faults.tags(rule.tags());
    return faults.or(
        () -> {
          if (state.schema() == null) {
            return rejected(noSchema());
          }
          return ruleNamed(state, rule.name(), rule.id())
              ? rejected(taken("a rule", rule.name()))
              : accepted(change);
        });
  }

  private static boolean ruleNamed(TenantState state, String name, RuleId other) {
    return state.rules().stream()
        .anyMatch(rule -> rule.name().equals(name) && !rule.id().equals(other));
  }

  private static Rejection taken(String what, String name) {
    return Rejection.of(
        Reason.CONFLICT,
        "name_taken",
        "There is %s named %s already; choose another name.".formatted(what, Quoted.text(name)));
  }

  private static Rejection noSchema() {
    return Rejection.of(
        Reason.CONFLICT,
        "schema_not_found",
        "The tenant has no schema yet; define one with POST /api/v1/tenants/{tenantId}/schema first.");
  }

  private static Decision accepted(Change change) {
    return new Decision.Accepted(List.of(change));
  }

  private static Decision rejected(Rejection rejection) {
    return new Decision.Rejected(rejection);
  }
}
