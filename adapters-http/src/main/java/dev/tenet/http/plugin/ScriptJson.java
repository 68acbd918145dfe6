package dev.tenet.http.plugin;

import dev.tenet.application.plugin.FindScript;
import dev.tenet.application.plugin.PluginRelease;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A script of a tenant.
///
/// @param published the version that rules call, if there is one
/// @param source of the version asked for, or of that one; null when its code is lost
/// @param signatures how its functions are called
/// @param versions the one published last first
public record ScriptJson(
    String name,
    @Nullable Integer published,
    @Nullable String source,
    List<String> signatures,
    List<VersionJson> versions) {

  /// A version of a script.
  ///
  /// @param functions what its author says of its functions
  public record VersionJson(
      int version, @Nullable Object functions, Instant publishedAt, String publishedBy) {

    static VersionJson of(PluginRelease release) {
      return new VersionJson(
          Integer.parseInt(release.version()),
          release.manifest().get("functions"),
          release.publishedAt(),
          release.publishedBy());
    }
  }

  static ScriptJson of(String name, FindScript.FoundScript script) {
    return new ScriptJson(
        name,
        script.published().map(plugin -> Integer.valueOf(plugin.version())).orElse(null),
        script.source().orElse(null),
        script
            .published()
            .map(plugin -> plugin.callable().stream().map(f -> f.signature()).toList())
            .orElse(List.of()),
        script.versions().stream().map(VersionJson::of).toList());
  }
}
