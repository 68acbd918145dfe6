package dev.tenet.application.plugin;

import dev.tenet.domain.tenant.TenantId;
import java.util.List;
import java.util.Optional;

/// Finds what was published: the registry of plugins and their contracts.
public final class FindReleases {

  private final PluginCatalogue catalogue;

  public FindReleases(PluginCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /// {@return the release published last of each plugin, by name}
  public List<PluginRelease> newest() {
    return catalogue.newest(TenantId.PLATFORM);
  }

  /// {@return all releases of a plugin, the one published last first}
  public List<PluginRelease> of(String plugin) {
    return catalogue.releases(TenantId.PLATFORM, plugin);
  }

  /// {@return a release}
  ///
  /// @param version empty for the one published last
  public Optional<PluginRelease> find(String plugin, Optional<String> version) {
    return version
        .map(wanted -> catalogue.find(TenantId.PLATFORM, plugin, wanted))
        .orElseGet(() -> of(plugin).stream().findFirst());
  }
}
