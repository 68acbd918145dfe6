package dev.tenet.http.plugin;

import dev.tenet.application.plugin.PluginRelease;
import dev.tenet.domain.plugin.InstalledPlugin;
import dev.tenet.http.schema.EffectsJson;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A plugin or script that a tenant has.
///
/// @param signatures how its functions are called, such as `plugin.pricing.tax.rate(string) -> float64`
/// @param granted the functions that the tenant may call; empty for all
/// @param host what it may ask the host for
/// @param previous the version before
public record PluginJson(
    String name,
    String version,
    String artefact,
    List<String> signatures,
    List<String> granted,
    List<String> host,
    List<String> dependencies,
    @Nullable String previous,
    @Nullable EffectsJson effects) {

  static PluginJson of(InstalledPlugin plugin) {
    return of(plugin, null);
  }

  /// @param effects of the change that gave the tenant the plugin
  static PluginJson of(InstalledPlugin plugin, @Nullable EffectsJson effects) {
    return new PluginJson(
        plugin.name(),
        plugin.version(),
        plugin.artefact().hex(),
        plugin.callable().stream().map(contract -> contract.signature()).toList(),
        plugin.granted(),
        plugin.host().stream()
            .map(capability -> capability.name().toLowerCase(Locale.ROOT))
            .sorted()
            .toList(),
        plugin.dependencies(),
        plugin.previous(),
        effects);
  }

  /// The plugins and scripts that a tenant has.
  public record ListJson(List<PluginJson> plugins) {}

  /// A published version.
  ///
  /// @param manifest with the contracts of its functions
  /// @param artefact the SHA-256 of its code
  /// @param size of its code in bytes
  /// @param approvedBy the name of the key that signed it
  public record ReleaseJson(
      String name,
      String version,
      Map<String, ?> manifest,
      String artefact,
      int size,
      Instant publishedAt,
      String publishedBy,
      @Nullable String approvedBy) {

    static ReleaseJson of(PluginRelease release) {
      return new ReleaseJson(
          release.name(),
          release.version(),
          release.manifest(),
          release.artefact().hex(),
          release.size(),
          release.publishedAt(),
          release.publishedBy(),
          release.approvedBy().orElse(null));
    }
  }

  /// Published versions.
  public record ReleasesJson(List<ReleaseJson> releases) {
    static ReleasesJson of(List<PluginRelease> releases) {
      return new ReleasesJson(releases.stream().map(ReleaseJson::of).toList());
    }
  }
}
