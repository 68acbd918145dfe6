package dev.tenet.http.tenant;

import dev.tenet.domain.governance.DecisionLogging;
import dev.tenet.domain.governance.PolicyList;
import dev.tenet.domain.governance.Quota;
import dev.tenet.domain.governance.QuotaLimit;
import dev.tenet.domain.governance.TenantSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How a tenant is governed.
///
/// @param quota each limit by its name, 0 for unlimited, and `window`: `fixed` or `sliding`
/// @param policy each list by its name, empty when everything is allowed
public record SettingsJson(
    boolean suspended,
    Map<String, Object> quota,
    RateLimitJson rateLimit,
    Map<String, List<String>> policy,
    DecisionLogJson decisionLog,
    Map<String, String> metadata) {

  /// The limit of the rate; 0 for none.
  public record RateLimitJson(long requestsPerSecond, long burst) {}

  /// Which decisions are kept.
  public record DecisionLogJson(String mode, double rate, String delivery, int retentionDays) {}

  static SettingsJson of(TenantSettings settings) {
    DecisionLogging log = settings.decisionLog();
    return new SettingsJson(
        settings.suspended(),
        quota(settings.quota()),
        new RateLimitJson(settings.rateLimit().requestsPerSecond(), settings.rateLimit().burst()),
        policy(settings),
        new DecisionLogJson(
            spelling(log.mode()), log.rate(), spelling(log.delivery()), log.retentionDays()),
        settings.metadata());
  }

  private static Map<String, Object> quota(Quota quota) {
    Map<String, Object> json = new LinkedHashMap<>();
    for (QuotaLimit limit : QuotaLimit.values()) {
      json.put(limit.key(), quota.limits().getOrDefault(limit, 0L));
    }
    json.put(SettingsBody.WINDOW, spelling(quota.kind()));
    return json;
  }

  private static Map<String, List<String>> policy(TenantSettings settings) {
    Map<String, List<String>> json = new LinkedHashMap<>();
    for (PolicyList list : PolicyList.values()) {
      json.put(list.key(), settings.policy().lists().getOrDefault(list, List.of()));
    }
    return json;
  }

  /// {@return how a constant is written in JSON}
  static String spelling(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
