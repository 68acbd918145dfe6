package dev.tenet.bootstrap.wiring;

import dev.tenet.spi.ChangeListener;
import dev.tenet.spi.DecisionListener;
import dev.tenet.spi.Function;
import dev.tenet.spi.GovernanceListener;
import java.util.List;

/// What extensions add besides stores.
public record ExtensionParts(
    List<Function> functions,
    List<DecisionListener> listeners,
    List<GovernanceListener> governanceListeners,
    List<ChangeListener> changeListeners) {

  /// No extensions.
  public static final ExtensionParts NONE =
      new ExtensionParts(List.of(), List.of(), List.of(), List.of());

  public ExtensionParts {
    functions = List.copyOf(functions);
    listeners = List.copyOf(listeners);
    governanceListeners = List.copyOf(governanceListeners);
    changeListeners = List.copyOf(changeListeners);
  }

  /// {@return the same with other listeners of decisions}
  public ExtensionParts withListeners(List<DecisionListener> others) {
    return new ExtensionParts(functions, others, governanceListeners, changeListeners);
  }
}
