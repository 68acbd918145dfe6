package dev.tenet.domain.governance;

/// What a quota limits.
public enum QuotaLimit {
  REQUESTS_PER_MINUTE("requestsPerMinute", QuotaWindow.MINUTE, Unit.REQUESTS),
  TOKENS_PER_MINUTE("tokensPerMinute", QuotaWindow.MINUTE, Unit.TOKENS),
  PLUGIN_CALLS_PER_MINUTE("pluginCallsPerMinute", QuotaWindow.MINUTE, Unit.PLUGIN_CALLS),
  REQUESTS_PER_HOUR("requestsPerHour", QuotaWindow.HOUR, Unit.REQUESTS),
  TOKENS_PER_HOUR("tokensPerHour", QuotaWindow.HOUR, Unit.TOKENS),
  PLUGIN_CALLS_PER_HOUR("pluginCallsPerHour", QuotaWindow.HOUR, Unit.PLUGIN_CALLS),
  REQUESTS_PER_DAY("requestsPerDay", QuotaWindow.DAY, Unit.REQUESTS),
  TOKENS_PER_DAY("tokensPerDay", QuotaWindow.DAY, Unit.TOKENS),
  PLUGIN_CALLS_PER_DAY("pluginCallsPerDay", QuotaWindow.DAY, Unit.PLUGIN_CALLS),
  REQUESTS_PER_MONTH("requestsPerMonth", QuotaWindow.MONTH, Unit.REQUESTS),
  TOKENS_PER_MONTH("tokensPerMonth", QuotaWindow.MONTH, Unit.TOKENS),
  PLUGIN_CALLS_PER_MONTH("pluginCallsPerMonth", QuotaWindow.MONTH, Unit.PLUGIN_CALLS);

  /// What is counted.
  public enum Unit {
    /// Requests of the interface.
    REQUESTS,
    /// Rules evaluated, unless the client or an estimator says otherwise.
    TOKENS,
    /// Calls of plugins and scripts whose code has to run: by rules, by requests, and by one another.
    PLUGIN_CALLS
  }

  private final String key;
  private final QuotaWindow window;
  private final Unit unit;

  QuotaLimit(String key, QuotaWindow window, Unit unit) {
    this.key = key;
    this.window = window;
    this.unit = unit;
  }

  /// {@return how the limit is written, such as `requestsPerMinute`}
  public String key() {
    return key;
  }

  /// {@return the time within which it is counted}
  public QuotaWindow window() {
    return window;
  }

  /// {@return what is counted}
  public Unit unit() {
    return unit;
  }
}
