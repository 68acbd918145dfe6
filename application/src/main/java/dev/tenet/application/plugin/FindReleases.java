package dev.tenet.application.plugin;

import dev.tenet.domain.plugin.InstalledPlugin;
import dev.tenet.domain.tenant.TenantId;
import java.util.List;
import java.util.Optional;

/// Finds what was published: the registry of plugins and their contracts. Scripts are their tenant's own, those of the platform's
/// tenant, too.
public final class FindReleases {

  private final PluginCatalogue catalogue;

  public FindReleases(PluginCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /// {@return the release published last of each plugin, by name}
  public List<PluginRelease> newest() {
    return catalogue.newest(TenantId.PLATFORM).stream()
        .filter(release -> !InstalledPlugin.isScript(release.name()))
        .toList();
  }

  /// {@return all releases of a plugin, the one published last first}
  public List<PluginRelease> of(String plugin) {
    return InstalledPlugin.isScript(plugin)
        ? List.of()
        : catalogue.releases(TenantId.PLATFORM, plugin);
  }

  /// {@return a release}
  ///
  /// @param version empty for the one published last
  public Optional<PluginRelease> find(String plugin, Optional<String> version) {
    if (InstalledPlugin.isScript(plugin)) {
      return Optional.empty();
    }
    return version
        .map(wanted -> catalogue.find(TenantId.PLATFORM, plugin, wanted))
        .orElseGet(() -> of(plugin).stream().findFirst());
  }
}
