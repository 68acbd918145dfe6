package dev.tenet.domain.governance;

import static java.util.Objects.requireNonNull;

import dev.tenet.domain.plugin.InstalledPlugin;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// How a tenant is governed. Part of the tenant like its definitions: journaled, with the same revision, and the same on
/// all nodes.
///
/// @param suspended whether nothing may be done with the tenant but administer it
/// @param metadata what the operator notes about the tenant
/// @param plugins the plugins that its rules may call, and its scripts, by name
public record TenantSettings(
    boolean suspended,
    Quota quota,
    RateLimit rateLimit,
    Policy policy,
    DecisionLogging decisionLog,
    SortedMap<String, String> metadata,
    SortedMap<String, InstalledPlugin> plugins) {

  /// What holds for a tenant for which nothing else is said.
  public static final TenantSettings DEFAULT =
      new TenantSettings(
          false,
          Quota.UNLIMITED,
          RateLimit.NONE,
          Policy.OPEN,
          DecisionLogging.OFF,
          new TreeMap<>(),
          new TreeMap<>());

  public TenantSettings {
    requireNonNull(quota);
    requireNonNull(rateLimit);
    requireNonNull(policy);
    requireNonNull(decisionLog);
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    plugins = Collections.unmodifiableSortedMap(new TreeMap<>(plugins));
  }

  /// {@return these settings of a tenant that is suspended, or is not}
  public TenantSettings withSuspended(boolean other) {
    return new TenantSettings(other, quota, rateLimit, policy, decisionLog, metadata, plugins);
  }

  /// {@return these settings with another quota}
  public TenantSettings withQuota(Quota other) {
    return new TenantSettings(suspended, other, rateLimit, policy, decisionLog, metadata, plugins);
  }

  /// {@return these settings with another limit of the rate}
  public TenantSettings withRateLimit(RateLimit other) {
    return new TenantSettings(suspended, quota, other, policy, decisionLog, metadata, plugins);
  }

  /// {@return these settings with another policy}
  public TenantSettings withPolicy(Policy other) {
    return new TenantSettings(suspended, quota, rateLimit, other, decisionLog, metadata, plugins);
  }

  /// {@return these settings with other rules of keeping decisions}
  public TenantSettings withDecisionLog(DecisionLogging other) {
    return new TenantSettings(suspended, quota, rateLimit, policy, other, metadata, plugins);
  }

  /// {@return these settings with other notes}
  public TenantSettings withMetadata(Map<String, String> other) {
    return new TenantSettings(
        suspended, quota, rateLimit, policy, decisionLog, new TreeMap<>(other), plugins);
  }

  /// {@return these settings with other plugins}
  public TenantSettings withPlugins(Map<String, InstalledPlugin> other) {
    return new TenantSettings(
        suspended, quota, rateLimit, policy, decisionLog, metadata, new TreeMap<>(other));
  }
}
