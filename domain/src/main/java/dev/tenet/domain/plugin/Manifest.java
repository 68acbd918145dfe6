package dev.tenet.domain.plugin;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// What a version of a plugin says of itself.
///
/// @param internal whether it is for the platform itself, so that it must be signed by somebody whom the operator approves
/// @param dependencies the plugins, or modules of plugins, that it calls
/// @param functions the contracts by the functions' names, in the order of the manifest
/// @param text the manifest as it was read, as plain JSON values
public record Manifest(
    String name,
    PluginVersion version,
    boolean internal,
    String description,
    List<String> tags,
    List<String> dependencies,
    SequencedMap<FunctionName, FunctionContract> functions,
    Map<String, ?> text) {

  public Manifest {
    requireNonNull(name);
    requireNonNull(version);
    requireNonNull(description);
    tags = List.copyOf(tags);
    dependencies = List.copyOf(dependencies);
    functions = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(functions));
    text = Collections.unmodifiableMap(new LinkedHashMap<>(text));
  }

  /// {@return the contract of a function}
  public Optional<FunctionContract> function(FunctionName function) {
    return Optional.ofNullable(functions.get(function));
  }
}
