package dev.tenet.inmemory;

import dev.tenet.application.plugin.PluginCatalogue;
import dev.tenet.application.plugin.PluginRelease;
import dev.tenet.domain.hash.Sha256;
import dev.tenet.domain.tenant.TenantId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Keeps what was published in memory.
public final class InMemoryPluginCatalogue implements PluginCatalogue {

  private record Name(TenantId owner, String plugin) {}

  /// By their names, in the order of publication; guarded by itself.
  private final Map<Name, List<PluginRelease>> releases = new HashMap<>();

  @Override
  public Added add(TenantId owner, PluginRelease release, int most) {
    synchronized (releases) {
      List<PluginRelease> known =
          releases.computeIfAbsent(new Name(owner, release.name()), name -> new ArrayList<>());
      if (known.stream().anyMatch(other -> other.version().equals(release.version()))) {
        return Added.VERSION_TAKEN;
      }
      if (known.size() >= most) {
        return Added.TOO_MANY;
      }
      known.add(release);
      return Added.ADDED;
    }
  }

  @Override
  public Optional<PluginRelease> find(TenantId owner, String name, String version) {
    return releases(owner, name).stream()
        .filter(release -> release.version().equals(version))
        .findFirst();
  }

  @Override
  public List<PluginRelease> releases(TenantId owner, String name) {
    synchronized (releases) {
      return releases.getOrDefault(new Name(owner, name), List.of()).reversed().stream().toList();
    }
  }

  @Override
  public List<PluginRelease> newest(TenantId owner) {
    synchronized (releases) {
      return releases.entrySet().stream()
          .filter(entry -> entry.getKey().owner().equals(owner))
          .map(entry -> entry.getValue().getLast())
          .sorted(Comparator.comparing(PluginRelease::name))
          .toList();
    }
  }

  @Override
  public void removeAll(TenantId owner) {
    synchronized (releases) {
      releases.keySet().removeIf(name -> name.owner().equals(owner));
    }
  }

  @Override
  public Set<Sha256> artefacts() {
    synchronized (releases) {
      return releases.values().stream()
          .flatMap(List::stream)
          .map(PluginRelease::artefact)
          .collect(Collectors.toUnmodifiableSet());
    }
  }
}
