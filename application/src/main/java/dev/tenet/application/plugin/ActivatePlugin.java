package dev.tenet.application.plugin;

import dev.tenet.application.change.ChangeRequest;
import dev.tenet.application.change.ChangeResult;
import dev.tenet.application.tenant.GovernTenant;
import dev.tenet.domain.governance.SettingsPatch;
import dev.tenet.domain.plugin.FunctionContract;
import dev.tenet.domain.plugin.InstalledPlugin;
import dev.tenet.domain.plugin.InstalledPlugin.HostCapability;
import dev.tenet.domain.plugin.Manifest;
import dev.tenet.domain.tenant.Tenant;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.domain.tenant.TenantState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Lets a tenant use a version of a plugin, another one than before, the one before, or none. The tenant's definitions are compiled
/// with it; rules that it breaks are inactive with the reason, and come back.
public final class ActivatePlugin {

  /// What is activated.
  ///
  /// @param version empty for the one published last
  /// @param granted the functions, as `module.function`, that the tenant may call; empty for all
  /// @param host what the plugin may ask the host for
  public record Activation(
      String plugin, Optional<String> version, List<String> granted, Set<HostCapability> host) {
    public Activation {
      granted = List.copyOf(granted);
      host = Set.copyOf(host);
    }
  }

  /// What activating gives.
  public sealed interface Result {
    /// The change was asked for.
    record Asked(ChangeResult<Tenant> change) implements Result {}

    /// There is no such release.
    record NotFound(String plugin, Optional<String> version) implements Result {}

    /// The tenant does not have the plugin, or has had no other version of it before.
    record NothingBefore(String plugin, boolean active) implements Result {}

    /// The plugin has no such function.
    record FunctionUnknown(String function, List<String> known) implements Result {
      public FunctionUnknown {
        known = List.copyOf(known);
      }
    }
  }

  private final FindReleases releases;
  private final GovernTenant settings;
  private final Function<TenantId, Optional<TenantState>> present;

  /// @param present gives a tenant's present state, or empty when there is no such tenant
  public ActivatePlugin(
      FindReleases releases,
      GovernTenant settings,
      Function<TenantId, Optional<TenantState>> present) {
    this.releases = releases;
    this.settings = settings;
    this.present = present;
  }

  /// Lets the tenant use a version of a plugin.
  public Result activate(ChangeRequest request, Activation activation) {
    return releases
        .find(activation.plugin(), activation.version())
        .map(found -> activate(request, activation, found))
        .orElseGet(() -> new Result.NotFound(activation.plugin(), activation.version()));
  }

  private Result activate(ChangeRequest request, Activation activation, PluginRelease release) {
    Manifest manifest = release.read();
    List<String> known =
        manifest.functions().values().stream()
            .map(FunctionContract::name)
            .map(name -> name.action())
            .toList();
    Optional<String> unknown =
        activation.granted().stream().filter(function -> !known.contains(function)).findFirst();
    if (unknown.isPresent()) {
      return new Result.FunctionUnknown(unknown.get(), known);
    }
    return new Result.Asked(
        settings.govern(
            request,
            new SettingsPatch.PluginInstallation(
                new InstalledPlugin(
                    manifest.name(),
                    release.version(),
                    release.artefact(),
                    List.copyOf(manifest.functions().values()),
                    manifest.dependencies(),
                    activation.granted(),
                    activation.host(),
                    null))));
  }

  /// Lets the tenant use the version before again, with the grants that it has now.
  public Result rollBack(ChangeRequest request, String plugin) {
    Optional<InstalledPlugin> installed = installed(request.tenant(), plugin);
    Optional<String> previous = installed.map(InstalledPlugin::previous);
    return previous.isEmpty()
        ? new Result.NothingBefore(plugin, installed.isPresent())
        : activate(
            request,
            new Activation(plugin, previous, installed.get().granted(), installed.get().host()));
  }

  /// Takes the plugin away from the tenant.
  public ChangeResult<Tenant> deactivate(ChangeRequest request, String plugin) {
    return settings.govern(request, new SettingsPatch.PluginRemoval(plugin));
  }

  private Optional<InstalledPlugin> installed(TenantId tenant, String plugin) {
    return present.apply(tenant).map(state -> state.settings().plugins().get(plugin));
  }
}
