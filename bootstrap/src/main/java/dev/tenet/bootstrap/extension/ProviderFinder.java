package dev.tenet.bootstrap.extension;

import dev.tenet.bootstrap.extension.Providers.Named;
import dev.tenet.spi.ChangeListener;
import dev.tenet.spi.DecisionListener;
import dev.tenet.spi.Function;
import dev.tenet.spi.FunctionProvider;
import dev.tenet.spi.GovernanceListener;
import dev.tenet.spi.StoreProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds the providers of one source by [ServiceLoader]. What is broken is left out and reported.
final class ProviderFinder {

  /// What a jar may provide.
  static final List<Class<?>> SERVICES =
      List.of(
          FunctionProvider.class,
          StoreProvider.class,
          DecisionListener.class,
          GovernanceListener.class,
          ChangeListener.class);

  private static final int MOST_FAULTS = 20;
  private static final int MOST_PROVIDERS = 1_000;
  private static final int DEEPEST_CAUSE = 20;

  private final ClassLoader loader;
  private final @Nullable ClassLoader owner;
  private final List<String> faults = new ArrayList<>();

  private ProviderFinder(ClassLoader loader, @Nullable ClassLoader owner) {
    this.loader = loader;
    this.owner = owner;
  }

  /// {@return the providers that this loader sees}
  ///
  /// @param source names it in messages
  /// @param owner takes only providers of this class loader; null for those of any
  static Providers find(String source, ClassLoader loader, @Nullable ClassLoader owner) {
    return new ProviderFinder(loader, owner).found(source);
  }

  private Providers found(String source) {
    List<Named<List<Function>>> functions = new ArrayList<>();
    for (FunctionProvider provider : providers(FunctionProvider.class)) {
      guarded(
          provider,
          () -> functions.add(named(provider.name(), provider, List.copyOf(provider.functions()))));
    }
    List<Named<StoreProvider>> stores = new ArrayList<>();
    for (StoreProvider provider : providers(StoreProvider.class)) {
      guarded(provider, () -> stores.add(named(provider.name(), provider, provider)));
    }
    List<Named<DecisionListener>> listeners = new ArrayList<>();
    for (DecisionListener listener : providers(DecisionListener.class)) {
      guarded(listener, () -> listeners.add(named(listener.name(), listener, listener)));
    }
    List<Named<GovernanceListener>> governanceListeners = new ArrayList<>();
    for (GovernanceListener listener : providers(GovernanceListener.class)) {
      guarded(listener, () -> governanceListeners.add(named(listener.name(), listener, listener)));
    }
    List<Named<ChangeListener>> changeListeners = new ArrayList<>();
    for (ChangeListener listener : providers(ChangeListener.class)) {
      guarded(listener, () -> changeListeners.add(named(listener.name(), listener, listener)));
    }
    return new Providers(
        source,
        functions,
        stores,
        listeners,
        governanceListeners,
        changeListeners,
        faults.size() > MOST_FAULTS ? faults.subList(0, MOST_FAULTS) : faults);
  }

  /// {@return the names of what a jar may provide, for messages}
  static String services() {
    return SERVICES.stream().map(Class::getName).collect(Collectors.joining(" or "));
  }

  private static <T> Named<T> named(String name, Object provider, T provided) {
    return new Named<>(
        Objects.requireNonNull(name, "name() gives null"), provider.getClass().getName(), provided);
  }

  private <S> List<S> providers(Class<S> service) {
    List<S> providers = new ArrayList<>();
    Iterator<ServiceLoader.Provider<S>> found;
    try (Stream<ServiceLoader.Provider<S>> stream = ServiceLoader.load(service, loader).stream()) {
      found = stream.iterator();
      for (int i = 0; i < MOST_PROVIDERS; i++) {
        try {
          if (!found.hasNext()) {
            break;
          }
          ServiceLoader.Provider<S> provider = found.next();
          if (owner == null || owner.equals(provider.type().getClassLoader())) {
            providers.add(provider.get());
          }
        } catch (ServiceConfigurationError | LinkageError e) {
          report(cause(e));
        }
      }
    }
    return providers;
  }

  private void guarded(Object provider, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      report("provider %s: %s".formatted(provider.getClass().getName(), cause(e)));
    }
  }

  private void report(String fault) {
    faults.add(oneLine(fault));
  }

  static String oneLine(String text) {
    return text.replaceAll("\\s*\\R\\s*", " ");
  }

  /// {@return the cause in words; the type of an error names what the message alone does not}
  private static String cause(Throwable e) {
    Throwable cause = e;
    for (int i = 0; i < DEEPEST_CAUSE && onlyWraps(cause) && cause.getCause() != null; i++) {
      cause = cause.getCause();
    }
    String message = cause.getMessage();
    String plain =
        cause instanceof IllegalArgumentException || cause instanceof ServiceConfigurationError
            ? ""
            : cause.getClass().getSimpleName();
    String text = message == null ? cause.getClass().getSimpleName() : join(plain, message);
    return e instanceof ServiceConfigurationError && e.getCause() != null
        ? "%s (%s)".formatted(e.getMessage(), text)
        : text;
  }

  private static boolean onlyWraps(Throwable e) {
    return e instanceof ServiceConfigurationError
        || e instanceof LinkageError
        || e.getMessage() == null;
  }

  private static String join(String type, String message) {
    return type.isEmpty() ? message : type + ": " + message;
  }
}
