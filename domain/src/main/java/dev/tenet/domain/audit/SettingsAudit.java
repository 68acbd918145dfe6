package dev.tenet.domain.audit;

import dev.tenet.domain.governance.DecisionLogging;
import dev.tenet.domain.governance.Quota;
import dev.tenet.domain.governance.TenantSettings;
import dev.tenet.domain.plugin.InstalledPlugin;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Says of a tenant's settings what is recorded when they change.
final class SettingsAudit {

  private SettingsAudit() {}

  /// {@return the members of these settings that are not the same in the others}
  static Map<String, Object> difference(TenantSettings settings, TenantSettings others) {
    Map<String, Object> members = json(settings);
    members.entrySet().removeAll(json(others).entrySet());
    return members;
  }

  private static Map<String, Object> json(TenantSettings settings) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("suspended", settings.suspended());
    json.put("quota", json(settings.quota()));
    json.put(
        "rateLimit",
        Map.of(
            "requestsPerSecond", settings.rateLimit().requestsPerSecond(),
            "burst", settings.rateLimit().burst()));
    Map<String, Object> lists = new LinkedHashMap<>();
    settings.policy().lists().forEach((list, allowed) -> lists.put(list.key(), allowed));
    json.put("policy", lists);
    json.put("decisionLog", json(settings.decisionLog()));
    json.put("metadata", new LinkedHashMap<>(settings.metadata()));
    Map<String, Object> plugins = new LinkedHashMap<>();
    settings.plugins().forEach((name, plugin) -> plugins.put(name, json(plugin)));
    json.put("plugins", plugins);
    return json;
  }

  private static Map<String, Object> json(Quota quota) {
    Map<String, Object> json = new LinkedHashMap<>();
    quota.limits().forEach((limit, most) -> json.put(limit.key(), most));
    json.put("window", word(quota.kind()));
    return json;
  }

  /// The contracts follow from the version.
  private static Map<String, Object> json(InstalledPlugin plugin) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", plugin.version());
    json.put("artefact", plugin.artefact().hex());
    json.put("functions", plugin.granted());
    json.put("host", plugin.host().stream().map(SettingsAudit::word).toList());
    return json;
  }

  /// The rate is a text, for a fraction has more than one form in JSON.
  private static Map<String, Object> json(DecisionLogging log) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("mode", word(log.mode()));
    json.put("rate", Double.toString(log.rate()));
    json.put("delivery", word(log.delivery()));
    json.put("retentionDays", log.retentionDays());
    return json;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
