package dev.tenet.domain.governance;

import dev.tenet.domain.plugin.InstalledPlugin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What to change of a tenant's settings; what is not said stays as it is.
public sealed interface SettingsPatch {

  /// {@return the settings with the change}
  TenantSettings apply(TenantSettings settings);

  /// Suspends the tenant, or takes it up again.
  record Suspension(boolean suspended) implements SettingsPatch {
    @Override
    public TenantSettings apply(TenantSettings settings) {
      return settings.withSuspended(suspended);
    }
  }

  /// Revises limits of the quota.
  ///
  /// @param limits 0 for unlimited
  record QuotaRevision(Map<QuotaLimit, Long> limits, Optional<Quota.Kind> kind)
      implements SettingsPatch {
    @Override
    public TenantSettings apply(TenantSettings settings) {
      Quota quota = settings.quota().with(limits);
      return settings.withQuota(kind.map(quota::with).orElse(quota));
    }
  }

  /// Sets the limit of the rate.
  record RateRevision(RateLimit rateLimit) implements SettingsPatch {
    @Override
    public TenantSettings apply(TenantSettings settings) {
      return settings.withRateLimit(rateLimit);
    }
  }

  /// Revises lists of the policy.
  record PolicyRevision(Map<PolicyList, List<String>> lists) implements SettingsPatch {
    @Override
    public TenantSettings apply(TenantSettings settings) {
      return settings.withPolicy(settings.policy().with(lists));
    }
  }

  /// Revises which decisions are kept.
  record DecisionLogRevision(
      Optional<DecisionLogging.Mode> mode,
      Optional<Double> rate,
      Optional<DecisionLogging.Delivery> delivery,
      Optional<Integer> retentionDays)
      implements SettingsPatch {
    @Override
    public TenantSettings apply(TenantSettings settings) {
      DecisionLogging log = settings.decisionLog();
      return settings.withDecisionLog(
          new DecisionLogging(
              mode.orElse(log.mode()),
              rate.orElse(log.rate()),
              delivery.orElse(log.delivery()),
              retentionDays.orElse(log.retentionDays())));
    }
  }

  /// Replaces all notes about the tenant.
  record MetadataRevision(Map<String, String> metadata) implements SettingsPatch {
    @Override
    public TenantSettings apply(TenantSettings settings) {
      return settings.withMetadata(metadata);
    }
  }

  /// Lets the tenant use a version of a plugin, instead of the one it used before.
  record PluginInstallation(InstalledPlugin plugin) implements SettingsPatch {
    @Override
    public TenantSettings apply(TenantSettings settings) {
      Map<String, InstalledPlugin> plugins = new TreeMap<>(settings.plugins());
      InstalledPlugin before = plugins.get(plugin.name());
      plugins.put(plugin.name(), before == null ? plugin : plugin.after(before));
      return settings.withPlugins(plugins);
    }
  }

  /// Takes a plugin away from the tenant.
  ///
  /// @param name as in [InstalledPlugin]
  record PluginRemoval(String name) implements SettingsPatch {
    @Override
    public TenantSettings apply(TenantSettings settings) {
      Map<String, InstalledPlugin> plugins = new TreeMap<>(settings.plugins());
      plugins.remove(name);
      return settings.withPlugins(plugins);
    }
  }
}
