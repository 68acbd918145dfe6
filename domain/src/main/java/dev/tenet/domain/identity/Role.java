package dev.tenet.domain.identity;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What somebody may do, by the part they play. In a tenant they may do it there, on the platform in all tenants.
public enum Role {
  /// May do everything.
  PLATFORM_ADMIN(EnumSet.allOf(Action.class)),
  /// Administers a tenant.
  TENANT_ADMIN(
      EnumSet.of(
          Action.TENANT_READ,
          Action.TENANT_RENAME,
          Action.DEFINITIONS_READ,
          Action.DEFINITIONS_WRITE,
          Action.EXPRESSIONS_CHECK,
          Action.FACTS_EVALUATE,
          Action.FUNCTIONS_INVOKE,
          Action.HISTORY_READ,
          Action.SETTINGS_READ,
          Action.KEYS_READ,
          Action.KEYS_WRITE,
          Action.AUDIT_READ,
          Action.DECISIONS_READ)),
  /// Writes definitions and tries them.
  AUTHOR(
      EnumSet.of(
          Action.TENANT_READ,
          Action.DEFINITIONS_READ,
          Action.DEFINITIONS_WRITE,
          Action.EXPRESSIONS_CHECK,
          Action.FACTS_EVALUATE,
          Action.FUNCTIONS_INVOKE,
          Action.HISTORY_READ)),
  /// Evaluates facts and invokes functions, and nothing else.
  EVALUATOR(EnumSet.of(Action.FACTS_EVALUATE, Action.FUNCTIONS_INVOKE)),
  /// Reads everything and changes nothing.
  AUDITOR(
      EnumSet.of(
          Action.TENANTS_LIST,
          Action.TENANT_READ,
          Action.DEFINITIONS_READ,
          Action.HISTORY_READ,
          Action.PLUGINS_READ,
          Action.SETTINGS_READ,
          Action.KEYS_READ,
          Action.AUDIT_READ,
          Action.DECISIONS_READ,
          Action.METRICS_READ));

  @SuppressWarnings("ImmutableEnumChecker") // unmodifiable, and nobody else has the set behind it
  private final Set<Action> actions;

  Role(EnumSet<Action> actions) {
    this.actions = Collections.unmodifiableSet(actions);
  }

  /// {@return how the role is written, such as `tenant-admin`}
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// {@return what the role permits}
  public Set<Action> actions() {
    return actions;
  }

  /// {@return whether the role says something about the platform itself, not only about tenants}
  public boolean isOfPlatform() {
    return this == PLATFORM_ADMIN || this == AUDITOR;
  }

  /// {@return the role written so}
  public static Optional<Role> of(String key) {
    return Arrays.stream(values()).filter(role -> role.key().equals(key)).findFirst();
  }
}
