package dev.tenet.application.plugin;

import dev.tenet.domain.plugin.FunctionName;
import dev.tenet.domain.tenant.TenantId;
import java.time.Duration;

/// Is told of invocations. It must be quick, and not fail.
public interface InvocationObserver {

  /// The steps of an invocation, in their order.
  enum Step {
    /// The tenant, or the plugin that calls, may call the function.
    PERMITTED,
    /// There is no result that could be given again.
    NOT_KEPT,
    /// It is within the tenant's quota.
    CHARGED,
    /// The call has a deadline.
    TIMED,
    /// The sandbox has answered.
    ANSWERED
  }

  /// How an invocation ended.
  ///
  /// @param version of the plugin
  /// @param code why there was no result, or `ok`
  /// @param kept whether the result was one that had been kept
  record Invocation(
      TenantId tenant,
      FunctionName function,
      String version,
      String code,
      boolean kept,
      Duration duration) {}

  /// An invocation has taken a step.
  default void stepped(TenantId tenant, FunctionName function, Step step) {}

  /// An invocation that was permitted has ended.
  default void invoked(Invocation invocation) {}
}
