package dev.tenet.domain.tenant;

import static java.util.Objects.requireNonNull;

import dev.tenet.domain.derived.DerivedField;
import dev.tenet.domain.derived.DerivedFieldId;
import dev.tenet.domain.governance.TenantSettings;
import dev.tenet.domain.rule.Rule;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.schema.SchemaVersion;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All that a tenant's decisions depend on. Immutable; each accepted change makes the next one.
///
/// @param revision grows by one with every accepted change, from 1 when the tenant is created
/// @param schema the active version, or null before the first
/// @param latestSchemaVersion the highest version stored so far, 0 before the first; not the active one after a return to
///     an older version
/// @param derivedFields in the order of creation
/// @param rules in the order of creation
public record TenantState(
    Tenant tenant,
    long revision,
    @Nullable SchemaVersion schema,
    int latestSchemaVersion,
    List<DerivedField> derivedFields,
    List<Rule> rules) {

  public TenantState {
    requireNonNull(tenant);
    derivedFields = List.copyOf(derivedFields);
    rules = List.copyOf(rules);
  }

  /// {@return the state of a tenant that has just been created}
  public static TenantState created(Tenant tenant) {
    return new TenantState(tenant, 1, null, 0, List.of(), List.of());
  }

  /// {@return the tenant's id}
  public TenantId id() {
    return tenant.id();
  }

  /// {@return how the tenant is governed}
  public TenantSettings settings() {
    return tenant.settings();
  }

  /// {@return the active schema version}
  public Optional<SchemaVersion> activeSchema() {
    return Optional.ofNullable(schema);
  }

  /// {@return the rule with this id}
  public Optional<Rule> rule(RuleId id) {
    return rules.stream().filter(r -> r.id().equals(id)).findFirst();
  }

  /// {@return the derived field with this id}
  public Optional<DerivedField> derivedField(DerivedFieldId id) {
    return derivedFields.stream().filter(d -> d.id().equals(id)).findFirst();
  }
}
