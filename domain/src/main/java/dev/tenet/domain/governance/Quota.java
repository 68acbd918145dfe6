package dev.tenet.domain.governance;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// How many requests, tokens and calls of plugins a tenant may use within windows of time.
///
/// @param limits what is not among them is unlimited
/// @param kind how the minute is counted
public record Quota(SortedMap<QuotaLimit, Long> limits, Kind kind) {

  /// How the limits of a minute are counted; those of longer windows are fixed.
  public enum Kind {
    /// From each full minute on.
    FIXED,
    /// In the 60 seconds before each request.
    SLIDING
  }

  /// Everything is unlimited.
  public static final Quota UNLIMITED = new Quota(new TreeMap<>(), Kind.FIXED);

  public Quota {
    limits = Collections.unmodifiableSortedMap(new TreeMap<>(limits));
    if (limits.values().stream().anyMatch(limit -> limit < 1)) {
      throw new IllegalArgumentException("a limit is at least 1: " + limits);
    }
  }

  /// {@return this quota with other limits}
  ///
  /// @param revised 0 for unlimited; a limit that is not among them stays as it is
  public Quota with(Map<QuotaLimit, Long> revised) {
    Map<QuotaLimit, Long> all = new EnumMap<>(QuotaLimit.class);
    all.putAll(limits);
    all.putAll(revised);
    all.values().removeIf(limit -> limit == 0);
    return new Quota(new TreeMap<>(all), kind);
  }

  /// {@return this quota, counted in another way}
  public Quota with(Kind other) {
    return new Quota(limits, other);
  }
}
