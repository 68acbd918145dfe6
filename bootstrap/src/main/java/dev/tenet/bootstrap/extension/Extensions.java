package dev.tenet.bootstrap.extension;

import dev.tenet.spi.DecisionListener;
import dev.tenet.spi.Function;
import dev.tenet.spi.GovernanceListener;
import dev.tenet.spi.StoreProvider;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// All providers found, built-in ones first, then those of the extension jars in the order of the jars' names.
///
/// @param faults what is wrong with extensions that are left out, a line for each that begins with the jar's name
/// @param jars the class loaders to close in the end
public record Extensions(
    List<Function> functions,
    List<StoreProvider> stores,
    List<DecisionListener> listeners,
    List<GovernanceListener> governanceListeners,
    List<String> faults,
    List<Closeable> jars)
    implements AutoCloseable {

  public Extensions {
    functions = List.copyOf(functions);
    stores = List.copyOf(stores);
    listeners = List.copyOf(listeners);
    governanceListeners = List.copyOf(governanceListeners);
    faults = List.copyOf(faults);
    jars = List.copyOf(jars);
  }

  /// {@return the store provider of this name}
  public Optional<StoreProvider> store(String name) {
    return stores.stream().filter(store -> store.name().equals(name)).findFirst();
  }

  /// Closes the jars; classes not loaded by then can no longer be.
  @Override
  public void close() {
    List<IOException> failures = new ArrayList<>();
    for (Closeable jar : jars) {
      try {
        jar.close();
      } catch (IOException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      throw new UncheckedIOException(failures.getFirst());
    }
  }
}
