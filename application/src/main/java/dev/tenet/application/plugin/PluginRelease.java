package dev.tenet.application.plugin;

import static java.util.Objects.requireNonNull;

import dev.tenet.domain.hash.Sha256;
import dev.tenet.domain.plugin.Manifest;
import dev.tenet.domain.plugin.ManifestReader;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A version of a plugin, or of a tenant's script, that was published. It never changes.
///
/// @param name that of the plugin, or `script.` and that of the script
/// @param version that of the plugin, or the number of the script's publication
/// @param manifest as it was published, as plain JSON values
/// @param artefact the hash of its code
/// @param size that of its code, in bytes
/// @param publishedBy who published it
/// @param approvedBy the name of the key that signed it
public record PluginRelease(
    String name,
    String version,
    Map<String, ?> manifest,
    Sha256 artefact,
    int size,
    Instant publishedAt,
    String publishedBy,
    Optional<String> approvedBy) {
  public PluginRelease {
    requireNonNull(name);
    requireNonNull(version);
    requireNonNull(artefact);
    requireNonNull(publishedAt);
    requireNonNull(publishedBy);
    manifest = Collections.unmodifiableMap(new LinkedHashMap<>(manifest));
  }

  /// {@return the manifest, which was valid when it was published}
  public Manifest read() {
    if (ManifestReader.published(manifest) instanceof ManifestReader.Reading.Valid(var valid)) {
      return valid;
    }
    throw new IllegalStateException(
        "the manifest of %s %s is none any more".formatted(name, version));
  }
}
