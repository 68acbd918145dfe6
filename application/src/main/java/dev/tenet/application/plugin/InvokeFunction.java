package dev.tenet.application.plugin;

import dev.tenet.application.evaluation.CurrentRuleSets;
import dev.tenet.application.evaluation.InForce;
import dev.tenet.domain.plugin.FunctionName;
import dev.tenet.domain.tenant.TenantId;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Calls a function of a plugin that a tenant has, without a rule.
public final class InvokeFunction {

  private final CurrentRuleSets ruleSets;
  private final Invocations invocations;
  private final Duration longest;

  /// @param longest how long an invocation may take, with all that it leads to
  public InvokeFunction(CurrentRuleSets ruleSets, Invocations invocations, Duration longest) {
    this.ruleSets = ruleSets;
    this.invocations = invocations;
    this.longest = longest;
  }

  /// What invoking gives.
  public sealed interface Result {
    /// The function gave this result, as JSON has it.
    record Answered(@Nullable Object result) implements Result {}

    /// It gave none.
    record Failed(InvocationFault fault) implements Result {}

    /// There is no such tenant.
    record TenantNotFound() implements Result {}
  }

  /// Calls the function.
  ///
  /// @throws dev.tenet.application.store.StoreUnavailable when the tenant's definitions are not in memory, and the store does
  ///     not answer
  public Result invoke(TenantId tenant, FunctionName function, Map<String, ?> payload) {
    Optional<PluginCalls.Caller> caller =
        ruleSets.of(tenant).map(InForce::state).map(PluginCalls.Caller::of);
    if (caller.isEmpty()) {
      return new Result.TenantNotFound();
    }
    try {
      return new Result.Answered(
          invocations.invoke(
              caller.get(), function, payload, System.nanoTime() + longest.toNanos()));
    } catch (InvocationFault fault) {
      return new Result.Failed(fault);
    }
  }
}
