package dev.tenet.bootstrap.wiring;

import dev.tenet.application.plugin.Approvals;
import dev.tenet.application.plugin.ArtefactStore;
import dev.tenet.application.plugin.InvocationObserver;
import java.util.List;
import java.util.Optional;

/// What the outside says of plugins.
///
/// @param approvals who may approve plugins of the platform
/// @param observers who is told of invocations
/// @param artefacts where code is kept; empty for the store that has everything else
public record PluginParts(
    Approvals approvals, List<InvocationObserver> observers, Optional<ArtefactStore> artefacts) {

  /// Nobody approves, and nobody watches.
  public static final PluginParts NONE =
      new PluginParts(Approvals.NONE, List.of(), Optional.empty());

  public PluginParts {
    observers = List.copyOf(observers);
  }
}
