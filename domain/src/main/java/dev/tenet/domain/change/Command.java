package dev.tenet.domain.change;

import dev.tenet.domain.derived.DerivedFieldId;
import dev.tenet.domain.derived.DerivedFieldPatch;
import dev.tenet.domain.expression.Expression;
import dev.tenet.domain.governance.SettingsPatch;
import dev.tenet.domain.rule.RuleId;
import dev.tenet.domain.rule.RulePatch;
import dev.tenet.domain.schema.SchemaId;
import dev.tenet.domain.schema.SchemaVersion;
import java.util.Map;
import java.util.NavigableSet;
import org.jspecify.annotations.Nullable;

/// What somebody wants of a tenant. New ids come with the command, so that deciding stays pure.
public sealed interface Command {

  /// Renames the tenant.
  record RenameTenant(String name) implements Command {}

  /// Changes how the tenant is governed.
  record GovernTenant(SettingsPatch patch) implements Command {}

  /// Deletes the tenant and all it has.
  record DeleteTenant() implements Command {}

  /// Stores a new version of the schema and makes it the active one.
  ///
  /// @param definition as plain JSON values, null when it was left out
  /// @param when which tenants it is meant for
  /// @param strict whether to refuse what would break rules or derived fields
  record DefineSchema(SchemaId id, @Nullable Object definition, Precondition when, boolean strict)
      implements Command {
    /// Which tenants a definition is meant for.
    public enum Precondition {
      /// One without a schema.
      FIRST,
      /// Any.
      ANY
    }
  }

  /// Makes a stored version of the schema the active one again.
  record ActivateSchema(SchemaVersion version, boolean strict) implements Command {}

  /// Adds a derived field.
  record DefineDerivedField(
      DerivedFieldId id, String name, Expression expression, String description)
      implements Command {}

  /// Changes a derived field.
  record ReviseDerivedField(DerivedFieldId id, DerivedFieldPatch patch) implements Command {}

  /// Removes a derived field.
  record RemoveDerivedField(DerivedFieldId id) implements Command {}

  /// Adds a rule.
  record AddRule(
      RuleId id,
      String name,
      String description,
      Expression expression,
      Map<String, Expression> then,
      NavigableSet<String> tags,
      boolean enabled)
      implements Command {}

  /// Changes a rule.
  record ReviseRule(RuleId id, RulePatch patch) implements Command {}

  /// Removes a rule.
  record RemoveRule(RuleId id) implements Command {}
}
