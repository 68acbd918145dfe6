package dev.tenet.domain.plugin;

import static java.util.Objects.requireNonNull;

import dev.tenet.domain.hash.Sha256;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A version of a plugin as a tenant uses it, or the published version of one of its scripts. Part of how the tenant is governed,
/// so that it is journaled, dry-run and the same on all nodes like everything else that its decisions depend on.
///
/// @param name of the plugin, or `script.` and the name of the script
/// @param version that of the plugin; of a script the number of its publication
/// @param artefact the hash of its code
/// @param functions the contracts, in the order of the manifest
/// @param dependencies the plugins, or modules of plugins, that it may call if the tenant has them
/// @param granted the functions, as `module.function`, that the tenant may call; empty for all
/// @param host what it may ask the host for
/// @param previous the version before, or null
public record InstalledPlugin(
    String name,
    String version,
    Sha256 artefact,
    List<FunctionContract> functions,
    List<String> dependencies,
    List<String> granted,
    Set<HostCapability> host,
    @Nullable String previous) {

  private static final String SCRIPT = FunctionName.SCRIPTS + '.';

  /// What a plugin may ask the host for.
  public enum HostCapability {
    /// To call functions of the plugins that it depends on.
    INVOKE,
    /// To write to the log.
    LOG
  }

  public InstalledPlugin {
    requireNonNull(name);
    requireNonNull(version);
    requireNonNull(artefact);
    functions = List.copyOf(functions);
    dependencies = List.copyOf(dependencies);
    granted = List.copyOf(granted);
    host = host.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(host));
  }

  /// {@return this version in the place of another one, or with other grants in its own}
  public InstalledPlugin after(InstalledPlugin before) {
    return new InstalledPlugin(
        name,
        version,
        artefact,
        functions,
        dependencies,
        granted,
        host,
        version.equals(before.version()) ? before.previous() : before.version());
  }

  /// {@return the name under which a script is installed}
  public static String ofScript(String script) {
    return SCRIPT + script;
  }

  /// {@return whether it is a script of the tenant}
  public boolean isScript() {
    return isScript(name);
  }

  /// {@return whether a script is installed under the name}
  public static boolean isScript(String name) {
    return name.startsWith(SCRIPT);
  }

  /// {@return the contract of a function that the tenant may call}
  public Optional<FunctionContract> callable(FunctionName function) {
    return functions.stream()
        .filter(contract -> contract.name().equals(function) && grants(function))
        .findFirst();
  }

  /// {@return the contracts of the functions that the tenant may call}
  public List<FunctionContract> callable() {
    return functions.stream().filter(contract -> grants(contract.name())).toList();
  }

  private boolean grants(FunctionName function) {
    return granted.isEmpty() || granted.contains(function.action());
  }

  /// {@return whether it has functions in the plugin, or in the module of a plugin, of this name}
  boolean provides(String dependency) {
    return functions.stream()
        .map(FunctionContract::name)
        .anyMatch(
            function ->
                dependency.equals(function.plugin())
                    || dependency.equals(function.plugin() + '.' + function.module()));
  }

  /// {@return whether it says that it calls functions of the other one}
  public boolean dependsOn(InstalledPlugin other) {
    return dependencies.stream().anyMatch(other::provides);
  }

  /// {@return whether it says that it calls the function}
  public boolean dependsOn(FunctionName function) {
    return dependencies.contains(function.plugin())
        || dependencies.contains(function.plugin() + '.' + function.module());
  }
}
