package dev.tenet.application.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenet.application.reading.ReadResult;
import dev.tenet.application.store.Definitions;
import dev.tenet.domain.plugin.InstalledPlugin;
import dev.tenet.domain.tenant.TenantId;
import java.util.List;
import java.util.Optional;

/// Finds a script of a tenant with its versions.
public final class FindScript {

  /// A script.
  ///
  /// @param published the version that rules call; empty when it was taken away
  /// @param source of the version asked for, which usually is that version, or the one published last when there is none; empty
  ///     when the code is lost
  /// @param versions the one published last first
  public record FoundScript(
      Optional<InstalledPlugin> published, Optional<String> source, List<PluginRelease> versions) {
    public FoundScript {
      versions = List.copyOf(versions);
    }
  }

  private final Definitions definitions;
  private final PluginCatalogue catalogue;
  private final ArtefactStore artefacts;

  public FindScript(Definitions definitions, PluginCatalogue catalogue, ArtefactStore artefacts) {
    this.definitions = definitions;
    this.catalogue = catalogue;
    this.artefacts = artefacts;
  }

  /// {@return the script}
  ///
  /// @param version whose source is wanted; empty for the one that rules call
  public ReadResult<FoundScript> find(TenantId tenant, String script, Optional<String> version) {
    String name = InstalledPlugin.ofScript(script);
    return definitions.read(
        tenant,
        "script",
        state ->
            found(
                Optional.ofNullable(state.settings().plugins().get(name)), tenant, name, version));
  }

  private Optional<FoundScript> found(
      Optional<InstalledPlugin> published, TenantId tenant, String name, Optional<String> version) {
    // After the state: what it has is among them.
    List<PluginRelease> versions = catalogue.releases(tenant, name);
    Optional<String> wanted = version.or(() -> published.map(InstalledPlugin::version));
    return versions.stream()
        .filter(release -> wanted.isEmpty() || release.version().equals(wanted.get()))
        .findFirst()
        .map(release -> new FoundScript(published, source(release), versions));
  }

  private Optional<String> source(PluginRelease release) {
    return artefacts.find(release.artefact()).map(code -> new String(code, UTF_8));
  }
}
