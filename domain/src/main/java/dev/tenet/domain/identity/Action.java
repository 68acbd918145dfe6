package dev.tenet.domain.identity;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// What can be done, in kinds that roles permit.
public enum Action {
  TENANTS_LIST("tenants:list"),
  TENANTS_CREATE("tenants:create"),
  TENANTS_DELETE("tenants:delete"),
  TENANT_READ("tenant:read"),
  TENANT_RENAME("tenant:rename"),
  DEFINITIONS_READ("definitions:read"),
  DEFINITIONS_WRITE("definitions:write"),
  EXPRESSIONS_CHECK("expressions:check"),
  FACTS_EVALUATE("facts:evaluate"),
  HISTORY_READ("history:read"),
  FUNCTIONS_INVOKE("functions:invoke"),
  PLUGINS_READ("plugins:read"),
  PLUGINS_PUBLISH("plugins:publish"),
  SETTINGS_READ("settings:read"),
  SETTINGS_WRITE("settings:write"),
  KEYS_READ("keys:read"),
  KEYS_WRITE("keys:write"),
  AUDIT_READ("audit:read"),
  DECISIONS_READ("decisions:read"),
  ACCESS_EXPLAIN("access:explain"),
  METRICS_READ("metrics:read"),
  LOGGING_WRITE("logging:write");

  /// What a tenant does for itself.
  private static final Set<Action> USES =
      Collections.unmodifiableSet(
          EnumSet.of(
              TENANT_READ,
              DEFINITIONS_READ,
              DEFINITIONS_WRITE,
              EXPRESSIONS_CHECK,
              FACTS_EVALUATE,
              FUNCTIONS_INVOKE,
              HISTORY_READ));

  private final String key;

  Action(String key) {
    this.key = key;
  }

  /// {@return whether it is use that a tenant makes of the platform, which its policy, quota and rate limit: not
  /// administration}
  public boolean isUse() {
    return USES.contains(this);
  }

  /// {@return how the action is written, such as `definitions:write`}
  public String key() {
    return key;
  }
}
