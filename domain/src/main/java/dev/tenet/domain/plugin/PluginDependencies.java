package dev.tenet.domain.plugin;

import dev.tenet.domain.derived.DependencyOrder;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What the plugins of a tenant need of one another.
public final class PluginDependencies {

  private PluginDependencies() {}

  /// {@return every dependency that the tenant does not have, and circles of dependencies}
  ///
  /// @param plugins all that the tenant has
  public static List<Diagnostic> faults(Collection<InstalledPlugin> plugins) {
    List<Diagnostic> faults = new ArrayList<>();
    Map<String, Set<String>> uses = new LinkedHashMap<>();
    for (InstalledPlugin plugin : plugins) {
      uses.put(
          plugin.name(),
          plugins.stream()
              .filter(plugin::dependsOn)
              .map(InstalledPlugin::name)
              .collect(Collectors.toSet()));
      plugin.dependencies().stream()
          .filter(dependency -> plugins.stream().noneMatch(other -> other.provides(dependency)))
          .map(dependency -> missing(plugin, dependency))
          .forEach(faults::add);
    }
    DependencyOrder.of(uses).cycles().stream()
        .map(
            cycle ->
                fault(
                    "plugin_dependency_cyclic",
                    "%s would need itself: %s."
                        .formatted(cycle.getFirst(), String.join(" -> ", cycle))))
        .forEach(faults::add);
    return faults;
  }

  private static Diagnostic missing(InstalledPlugin plugin, String dependency) {
    return plugin.isScript()
        ? Diagnostic.error(
            "plugin_dependency_missing",
            Location.field("calls"),
            "%s calls %s, which the tenant would not have. Publish or activate first what a script calls, and take it away last."
                .formatted(plugin.name(), dependency))
        : fault(
            "plugin_dependency_missing",
            "%s needs %s, which the tenant would not have. Activate first what others need, and deactivate it last."
                .formatted(plugin.name(), dependency));
  }

  private static Diagnostic fault(String code, String message) {
    return Diagnostic.error(code, Location.field("plugins"), message);
  }
}
