package dev.tenet.bootstrap.extension;

import dev.tenet.bootstrap.wiring.ExtensionParts;
import dev.tenet.http.observability.ExtensionsJson;
import dev.tenet.spi.ChangeListener;
import dev.tenet.spi.DecisionListener;
import dev.tenet.spi.Function;
import dev.tenet.spi.GovernanceListener;
import dev.tenet.spi.StoreProvider;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What extensions add at one moment: built-in providers first, then those of the extension jars in the order of the jars' names.
///
/// @param parts what a running server may change
/// @param stores what it may begin with
/// @param jars what is to be told of each jar
/// @param otherFaults what is wrong besides with the folder or with built-in providers, a line for each
public record Extensions(
    ExtensionParts parts,
    List<StoreProvider> stores,
    List<JarReport> jars,
    List<String> otherFaults) {

  /// Tells whether functions can be used together.
  @FunctionalInterface
  public interface FunctionCheck {
    /// Passes functions that can be used together.
    ///
    /// @throws IllegalArgumentException with the reason, when they cannot
    void check(List<Function> functions);
  }

  public Extensions {
    stores = List.copyOf(stores);
    jars = List.copyOf(jars);
    otherFaults = List.copyOf(otherFaults);
  }

  /// {@return the store provider of this name}
  public Optional<StoreProvider> store(String name) {
    return stores.stream().filter(store -> store.name().equals(name)).findFirst();
  }

  /// {@return what is wrong with extensions that are left out, a line for each that begins with the jar's name}
  public List<String> faults() {
    return Stream.concat(
            otherFaults.stream(), jars.stream().flatMap(report -> report.lines().stream()))
        .toList();
  }

  /// {@return what is to be told of them over HTTP}
  public ExtensionsJson json() {
    return new ExtensionsJson(jars.stream().map(JarReport::json).toList(), otherFaults);
  }

  /// {@return the same with another report of each jar}
  Extensions with(List<JarReport> reports) {
    return new Extensions(parts, stores, reports, otherFaults);
  }

  /// {@return the same with one more fault}
  Extensions withFault(String fault) {
    return new Extensions(
        parts, stores, jars, Stream.concat(otherFaults.stream(), Stream.of(fault)).toList());
  }

  /// {@return what the sources add together; of two that clash the later is left out}
  ///
  /// @param check refuses functions that clash with built-in ones
  static Extensions of(Providers builtIn, List<Providers> jars, FunctionCheck check) {
    var together = new Together(check);
    JarReport builtInReport = together.add(builtIn);
    List<JarReport> reports = jars.stream().map(together::add).toList();
    return new Extensions(together.parts(), together.stores, reports, builtInReport.lines());
  }

  private static final class Together {

    private final FunctionCheck check;
    private final Map<String, String> sourceOfFunction = new HashMap<>();
    private final List<Function> functions = new ArrayList<>();
    private final List<StoreProvider> stores = new ArrayList<>();
    private final List<DecisionListener> listeners = new ArrayList<>();
    private final List<GovernanceListener> governanceListeners = new ArrayList<>();
    private final List<ChangeListener> changeListeners = new ArrayList<>();

    Together(FunctionCheck check) {
      this.check = check;
    }

    ExtensionParts parts() {
      return new ExtensionParts(functions, listeners, governanceListeners, changeListeners);
    }

    JarReport add(Providers found) {
      List<JarReport.Provider> used = new ArrayList<>();
      List<String> faults = new ArrayList<>(found.faults());
      for (Providers.Named<List<Function>> provider : found.functions()) {
        refusal(found.source(), provider.provided())
            .ifPresentOrElse(
                reason -> faults.add("provider %s: %s".formatted(provider.type(), reason)),
                () -> used.add(JarReport.Provider.ofFunctions(provider)));
      }
      for (Providers.Named<StoreProvider> provider : found.stores()) {
        if (stores.stream().anyMatch(store -> store.name().equals(provider.name()))) {
          faults.add(
              "provider %s: there is already a store named %s."
                  .formatted(provider.type(), provider.name()));
        } else {
          stores.add(provider.provided());
          used.add(JarReport.Provider.of(JarReport.Kind.STORE, provider));
        }
      }
      take(found.listeners(), JarReport.Kind.DECISION_LISTENER, listeners, used);
      take(
          found.governanceListeners(),
          JarReport.Kind.GOVERNANCE_LISTENER,
          governanceListeners,
          used);
      take(found.changeListeners(), JarReport.Kind.CHANGE_LISTENER, changeListeners, used);
      return new JarReport(found.source(), used, faults);
    }

    private static <T> void take(
        List<Providers.Named<T>> found,
        JarReport.Kind kind,
        List<T> all,
        List<JarReport.Provider> used) {
      for (Providers.Named<T> provider : found) {
        all.add(provider.provided());
        used.add(JarReport.Provider.of(kind, provider));
      }
    }

    private Optional<String> refusal(String source, List<Function> offered) {
      for (Function function : offered) {
        String other = sourceOfFunction.get(function.name());
        if (other != null) {
          return Optional.of(
              "the function %s is already there, from %s; all functions of this provider are left out."
                  .formatted(function.name(), other));
        }
      }
      List<Function> together = new ArrayList<>(functions);
      together.addAll(offered);
      try {
        check.check(List.copyOf(together));
      } catch (IllegalArgumentException e) {
        return Optional.of(String.valueOf(e.getMessage()));
      }
      functions.addAll(offered);
      offered.forEach(function -> sourceOfFunction.put(function.name(), source));
      return Optional.empty();
    }
  }
}
