package dev.tenet.application.plugin;

import dev.tenet.domain.plugin.FunctionContract;
import dev.tenet.domain.plugin.InstalledPlugin;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.domain.tenant.TenantState;
import java.util.Map;

/// Calls functions of plugins.
public interface PluginCalls {

  /// Where there are no plugins.
  PluginCalls NONE =
      (caller, function, arguments, deadline) -> {
        throw InvocationFault.of(
            InvocationFault.Kind.NOT_FOUND,
            "function_not_found",
            "There are no plugins here: " + function.name());
      };

  /// Who calls: a tenant with the plugins that it has.
  ///
  /// @param plugins by name
  record Caller(TenantId tenant, Map<String, InstalledPlugin> plugins) {
    public Caller {
      plugins = Map.copyOf(plugins);
    }

    /// {@return the tenant with the plugins that it has now}
    public static Caller of(TenantState state) {
      return new Caller(state.id(), state.settings().plugins());
    }
  }

  /// {@return the result, of the type that the contract says: a plain value as in `dev.tenet.domain.evaluation.Facts`}
  ///
  /// @param arguments by parameter, as plain values
  /// @param deadline when the caller no longer wants the result, by `System.nanoTime()`
  Object call(Caller caller, FunctionContract function, Map<String, ?> arguments, long deadline)
      throws InvocationFault;
}
