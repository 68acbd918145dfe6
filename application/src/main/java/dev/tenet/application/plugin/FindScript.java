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
  /// @param source of that version, or of the one published last
  /// @param versions the one published last first
  public record FoundScript(
      Optional<InstalledPlugin> published, String source, List<PluginRelease> versions) {
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
  public ReadResult<FoundScript> find(TenantId tenant, String script) {
    String name = InstalledPlugin.ofScript(script);
    List<PluginRelease> versions = catalogue.releases(tenant, name);
    return definitions.read(
        tenant,
        "script",
        state ->
            versions.isEmpty()
                ? Optional.empty()
                : Optional.of(
                    found(Optional.ofNullable(state.settings().plugins().get(name)), versions)));
  }

  private FoundScript found(Optional<InstalledPlugin> published, List<PluginRelease> versions) {
    String source =
        artefacts
            .find(
                published
                    .map(InstalledPlugin::artefact)
                    .orElseGet(() -> versions.getFirst().artefact()))
            .map(code -> new String(code, UTF_8))
            .orElse("");
    return new FoundScript(published, source, versions);
  }
}
