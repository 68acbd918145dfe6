package dev.tenet.application.plugin;

import dev.tenet.domain.hash.Sha256;
import dev.tenet.domain.tenant.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The published versions of plugins, and the registry of their contracts. Those of plugins belong to the platform,
/// [TenantId#PLATFORM], those of scripts to their tenant.
public interface PluginCatalogue {

  /// Adds a release, whose code is kept already.
  ///
  /// @param most how many releases of this name there may be
  Added add(TenantId owner, PluginRelease release, int most);

  /// What adding a release gives.
  enum Added {
    /// It is there now.
    ADDED,
    /// There is one of this version already.
    VERSION_TAKEN,
    /// There are as many as there may be.
    TOO_MANY
  }

  /// {@return a release}
  Optional<PluginRelease> find(TenantId owner, String name, String version);

  /// {@return all releases of a plugin, the one published last first}
  List<PluginRelease> releases(TenantId owner, String name);

  /// {@return the release published last of each plugin, by name}
  List<PluginRelease> newest(TenantId owner);

  /// Lets go of all that the owner has published.
  void removeAll(TenantId owner);

  /// {@return the hashes of all code that releases refer to, whoever owns them}
  Set<Sha256> artefacts();
}
