package dev.tenet.postgres;

import dev.tenet.domain.governance.DecisionLogging;
import dev.tenet.domain.governance.Policy;
import dev.tenet.domain.governance.PolicyList;
import dev.tenet.domain.governance.Quota;
import dev.tenet.domain.governance.QuotaLimit;
import dev.tenet.domain.governance.RateLimit;
import dev.tenet.domain.governance.TenantSettings;
import dev.tenet.domain.plugin.InstalledPlugin;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Settings of tenants, to and from plain JSON values. What is as it always is if nothing is said is left out.
final class SettingsJson {

  private static final String SUSPENDED = "suspended";
  private static final String QUOTA = "quota";
  private static final String SLIDING = "sliding";
  private static final String RATE_LIMIT = "rateLimit";
  private static final String POLICY = "policy";
  private static final String DECISION_LOG = "decisionLog";
  private static final String METADATA = "metadata";
  private static final String PLUGINS = "plugins";

  private SettingsJson() {}

  static String text(TenantSettings settings) {
    return Json.write(write(settings));
  }

  static Map<String, Object> write(TenantSettings settings) {
    Map<String, Object> json = new LinkedHashMap<>();
    if (settings.suspended()) {
      json.put(SUSPENDED, true);
    }
    if (!settings.quota().equals(Quota.UNLIMITED)) {
      json.put(QUOTA, write(settings.quota()));
    }
    if (settings.rateLimit().limited()) {
      json.put(
          RATE_LIMIT,
          Map.of(
              "requestsPerSecond", settings.rateLimit().requestsPerSecond(),
              "burst", settings.rateLimit().burst()));
    }
    if (!settings.policy().lists().isEmpty()) {
      Map<String, Object> lists = new LinkedHashMap<>();
      settings.policy().lists().forEach((list, allowed) -> lists.put(list.key(), allowed));
      json.put(POLICY, lists);
    }
    if (!settings.decisionLog().equals(DecisionLogging.OFF)) {
      json.put(DECISION_LOG, write(settings.decisionLog()));
    }
    if (!settings.metadata().isEmpty()) {
      json.put(METADATA, new LinkedHashMap<>(settings.metadata()));
    }
    if (!settings.plugins().isEmpty()) {
      json.put(PLUGINS, settings.plugins().values().stream().map(PluginJson::write).toList());
    }
    return json;
  }

  private static Map<String, Object> write(Quota quota) {
    Map<String, Object> json = new LinkedHashMap<>();
    quota.limits().forEach((limit, most) -> json.put(limit.key(), most));
    if (quota.kind() == Quota.Kind.SLIDING) {
      json.put(SLIDING, true);
    }
    return json;
  }

  private static Map<String, Object> write(DecisionLogging log) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("mode", log.mode().name());
    json.put("rate", Double.toString(log.rate()));
    json.put("delivery", log.delivery().name());
    json.put("retentionDays", log.retentionDays());
    return json;
  }

  static TenantSettings settings(Members json) {
    return new TenantSettings(
        json.has(SUSPENDED) && json.flag(SUSPENDED),
        json.has(QUOTA) ? quota(json.members(QUOTA)) : Quota.UNLIMITED,
        json.has(RATE_LIMIT) ? rateLimit(json.members(RATE_LIMIT)) : RateLimit.NONE,
        json.has(POLICY) ? policy(json.members(POLICY)) : Policy.OPEN,
        json.has(DECISION_LOG) ? decisionLog(json.members(DECISION_LOG)) : DecisionLogging.OFF,
        new TreeMap<>(
            json.has(METADATA)
                ? json.members(METADATA).map((key, value) -> value)
                : Map.<String, String>of()),
        plugins(json));
  }

  private static SortedMap<String, InstalledPlugin> plugins(Members json) {
    SortedMap<String, InstalledPlugin> plugins = new TreeMap<>();
    if (json.has(PLUGINS)) {
      json.list(PLUGINS, PluginJson::plugin).forEach(plugin -> plugins.put(plugin.name(), plugin));
    }
    return plugins;
  }

  private static Quota quota(Members json) {
    SortedMap<QuotaLimit, Long> limits = new TreeMap<>();
    for (QuotaLimit limit : QuotaLimit.values()) {
      if (json.has(limit.key())) {
        limits.put(limit, json.number(limit.key()));
      }
    }
    return new Quota(
        limits, json.has(SLIDING) && json.flag(SLIDING) ? Quota.Kind.SLIDING : Quota.Kind.FIXED);
  }

  private static RateLimit rateLimit(Members json) {
    return new RateLimit(json.number("requestsPerSecond"), json.number("burst"));
  }

  private static Policy policy(Members json) {
    SortedMap<PolicyList, List<String>> lists = new TreeMap<>();
    for (PolicyList list : PolicyList.values()) {
      if (json.has(list.key())) {
        lists.put(list, json.texts(list.key()));
      }
    }
    return new Policy(lists);
  }

  private static DecisionLogging decisionLog(Members json) {
    return new DecisionLogging(
        DecisionLogging.Mode.valueOf(json.text("mode")),
        Double.parseDouble(json.text("rate")),
        DecisionLogging.Delivery.valueOf(json.text("delivery")),
        json.integer("retentionDays"));
  }
}
