package dev.tenet.bootstrap.wiring;

import dev.tenet.application.plugin.Approvals;
import dev.tenet.application.plugin.InvocationObserver;
import java.util.List;

/// What the outside says of plugins.
///
/// @param approvals who may approve plugins of the platform
/// @param observers who is told of invocations
public record PluginParts(Approvals approvals, List<InvocationObserver> observers) {

  /// Nobody approves, and nobody watches.
  public static final PluginParts NONE = new PluginParts(Approvals.NONE, List.of());

  public PluginParts {
    observers = List.copyOf(observers);
  }
}
