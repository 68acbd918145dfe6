package dev.tenet.bootstrap.extension;

import dev.tenet.spi.ChangeListener;
import dev.tenet.spi.DecisionListener;
import dev.tenet.spi.Function;
import dev.tenet.spi.GovernanceListener;
import dev.tenet.spi.StoreProvider;
import java.util.List;

/// The providers of one source, each asked for what it adds.
///
/// @param source the jar's name, or what else names the source in messages
/// @param faults what is wrong with providers that are left out
record Providers(
    String source,
    List<Named<List<Function>>> functions,
    List<Named<StoreProvider>> stores,
    List<Named<DecisionListener>> listeners,
    List<Named<GovernanceListener>> governanceListeners,
    List<Named<ChangeListener>> changeListeners,
    List<String> faults) {

  /// What a provider adds.
  ///
  /// @param name what the provider calls itself
  /// @param type the provider's class
  record Named<T>(String name, String type, T provided) {}

  Providers {
    functions = List.copyOf(functions);
    stores = List.copyOf(stores);
    listeners = List.copyOf(listeners);
    governanceListeners = List.copyOf(governanceListeners);
    changeListeners = List.copyOf(changeListeners);
    faults = List.copyOf(faults);
  }

  /// {@return a source of which nothing can be used}
  static Providers none(String source, String fault) {
    return new Providers(
        source, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(fault));
  }
}
