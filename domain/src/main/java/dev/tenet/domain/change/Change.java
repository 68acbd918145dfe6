package dev.tenet.domain.change;

import dev.tenet.domain.derived.DerivedField;
import dev.tenet.domain.derived.DerivedFieldId;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.schema.SchemaVersion;
import dev.tenet.domain.tenant.Tenant;
import java.util.List;

/// What happened to a tenant. A tenant's state is the fold of its changes, see [Evolver].
public sealed interface Change {

  /// {@return what happened, as the history and the audit call it, such as `rule_added`}
  default String event() {
    return switch (this) {
      case TenantCreated _ -> "tenant_created";
      case TenantRenamed _ -> "tenant_renamed";
      case TenantGoverned _ -> "tenant_governed";
      case TenantDeleted _ -> "tenant_deleted";
      case SchemaDefined _ -> "schema_defined";
      case SchemaActivated _ -> "schema_activated";
      case DerivedFieldDefined _ -> "derived_field_defined";
      case DerivedFieldRevised _ -> "derived_field_revised";
      case DerivedFieldRetyped _ -> "derived_field_retyped";
      case DerivedFieldRemoved _ -> "derived_field_removed";
      case DerivedFieldBroken _ -> "derived_field_broken";
      case DerivedFieldRepaired _ -> "derived_field_repaired";
      case RuleAdded _ -> "rule_added";
      case RuleRevised _ -> "rule_revised";
      case RuleRemoved _ -> "rule_removed";
      case RuleBroken _ -> "rule_broken";
      case RuleRepaired _ -> "rule_repaired";
    };
  }

  /// The tenant exists from here on.
  record TenantCreated(Tenant tenant) implements Change {}

  /// The tenant has another name.
  record TenantRenamed(Tenant tenant) implements Change {}

  /// The tenant is governed in another way.
  record TenantGoverned(Tenant tenant) implements Change {}

  /// The tenant and all it had are gone.
  record TenantDeleted() implements Change {}

  /// Another version of the schema is active.
  sealed interface SchemaChange extends Change {

    /// {@return the version that is active from here on}
    SchemaVersion version();

    /// {@return whether another version was active before, or none}
    boolean moves();

    /// {@return how many rules are active with it}
    int rulesRecompiled();

    /// {@return how the changelog calls it: `created`, `updated` or `rolled_back`}
    String kind();
  }

  /// A new version of the schema was stored and is active.
  record SchemaDefined(SchemaVersion version, int rulesRecompiled) implements SchemaChange {
    @Override
    public boolean moves() {
      return true;
    }

    @Override
    public String kind() {
      return version.version() == 1 ? "created" : "updated";
    }
  }

  /// A stored version of the schema is active again.
  ///
  /// @param from the version that was active before
  record SchemaActivated(SchemaVersion version, int from, int rulesRecompiled)
      implements SchemaChange {
    @Override
    public boolean moves() {
      return version.version() != from;
    }

    @Override
    public String kind() {
      return version.version() < from ? "rolled_back" : "updated";
    }
  }

  /// A derived field was added.
  record DerivedFieldDefined(DerivedField field) implements Change {}

  /// A derived field was changed.
  record DerivedFieldRevised(DerivedField field) implements Change {}

  /// A derived field has another type, or reads other fields, because what it uses has changed.
  record DerivedFieldRetyped(
      DerivedFieldId id, String name, String from, String to, List<String> dependencies)
      implements Change {
    public DerivedFieldRetyped {
      dependencies = List.copyOf(dependencies);
    }
  }

  /// A derived field was removed.
  record DerivedFieldRemoved(DerivedFieldId id, String name) implements Change {}

  /// A derived field can no longer be computed.
  record DerivedFieldBroken(DerivedFieldId id, String name, List<Diagnostic> faults)
      implements Change {
    public DerivedFieldBroken {
      faults = List.copyOf(faults);
    }
  }

  /// A derived field can be computed again.
  record DerivedFieldRepaired(DerivedFieldId id, String name) implements Change {}

  /// A rule was added.
  record RuleAdded(Rule rule) implements Change {}

  /// A rule was changed.
  record RuleRevised(Rule rule) implements Change {}

  /// A rule was removed.
  record RuleRemoved(RuleId id, String name) implements Change {}

  /// A rule can no longer be evaluated and is inactive.
  record RuleBroken(RuleId id, String name, List<Diagnostic> faults) implements Change {
    public RuleBroken {
      faults = List.copyOf(faults);
    }
  }

  /// A rule can be evaluated again.
  ///
  /// @param active whether it is, because its author wants it
  record RuleRepaired(RuleId id, String name, boolean active) implements Change {}
}
