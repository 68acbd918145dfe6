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
  /// @param secretive whether what it passes on may be made of sensitive fields, so that nobody may read what is logged of it
  record Caller(TenantId tenant, Map<String, InstalledPlugin> plugins, boolean secretive) {
    public Caller {
      plugins = Map.copyOf(plugins);
    }

    /// {@return the tenant with the plugins that it has now, as somebody calls them who says what is passed on}
    public static Caller of(TenantState state) {
      return new Caller(state.id(), state.settings().plugins(), false);
    }

    /// {@return the tenant with the plugins that it has now, as its rules call them}
    public static Caller ofRules(TenantState state) {
      boolean secretive =
          state.activeSchema().map(version -> version.schema().isSensitive()).orElse(false);
      return new Caller(state.id(), state.settings().plugins(), secretive);
    }
  }

  /// {@return the result, of the type that the contract says: a plain value as in `dev.tenet.domain.evaluation.Facts`}
  ///
  /// @param arguments by parameter, as plain values
  /// @param deadline when the caller no longer wants the result, by `System.nanoTime()`
  Object call(Caller caller, FunctionContract function, Map<String, ?> arguments, long deadline)
      throws InvocationFault;
}
