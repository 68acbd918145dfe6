package dev.tenet.domain.identity;

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
  SETTINGS_READ("settings:read"),
  SETTINGS_WRITE("settings:write"),
  KEYS_READ("keys:read"),
  KEYS_WRITE("keys:write"),
  AUDIT_READ("audit:read"),
  DECISIONS_READ("decisions:read"),
  ACCESS_EXPLAIN("access:explain"),
  METRICS_READ("metrics:read"),
  LOGGING_WRITE("logging:write");

  private final String key;

  Action(String key) {
    this.key = key;
  }

  /// {@return how the action is written, such as `definitions:write`}
  public String key() {
    return key;
  }
}
