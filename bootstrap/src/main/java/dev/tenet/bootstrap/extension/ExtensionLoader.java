package dev.tenet.bootstrap.extension;

import dev.tenet.spi.DecisionListener;
import dev.tenet.spi.Function;
import dev.tenet.spi.FunctionProvider;
import dev.tenet.spi.GovernanceListener;
import dev.tenet.spi.StoreProvider;
import java.io.Closeable;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Finds the providers of the SPI by [ServiceLoader]: the built-in ones on the class path, and those of every jar in a
/// folder, each jar in a class loader of its own.
///
/// What is broken is reported and left out, be it a whole jar or one provider.
public final class ExtensionLoader {

  private static final int MOST_FAULTS_OF_A_JAR = 20;
  private static final int MOST_PROVIDERS_OF_A_JAR = 1_000;
  private static final int DEEPEST_CAUSE = 20;

  /// Tells whether functions can be used together.
  @FunctionalInterface
  public interface FunctionCheck {
    /// Passes functions that can be used together.
    ///
    /// @throws IllegalArgumentException with the reason, when they cannot
    void check(List<Function> functions);
  }

  private final FunctionCheck functionCheck;
  private final List<Function> functions = new ArrayList<>();
  private final Map<String, String> jarOfFunction = new HashMap<>();
  private final List<StoreProvider> stores = new ArrayList<>();
  private final List<DecisionListener> listeners = new ArrayList<>();
  private final List<GovernanceListener> governanceListeners = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private final List<Closeable> jars = new ArrayList<>();

  private ExtensionLoader(FunctionCheck functionCheck) {
    this.functionCheck = functionCheck;
  }

  /// {@return all providers found}
  ///
  /// @param folder the folder of extension jars, which exists
  /// @param functionCheck refuses functions that clash with built-in ones
  public static Extensions load(Optional<Path> folder, FunctionCheck functionCheck) {
    ExtensionLoader loader = new ExtensionLoader(functionCheck);
    loader.take("built-in", ExtensionLoader.class.getClassLoader(), null);
    folder.ifPresent(loader::jarsIn);
    return new Extensions(
        loader.functions,
        loader.stores,
        loader.listeners,
        loader.governanceListeners,
        loader.faults,
        loader.jars);
  }

  private void jarsIn(Path folder) {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
      StreamSupport.stream(files.spliterator(), false)
          .sorted(Comparator.comparing(Path::toString))
          .forEach(this::jar);
    } catch (IOException e) {
      report(folder.toString(), "the folder cannot be read: " + e.getMessage());
    }
  }

  private void jar(Path jar) {
    String name = String.valueOf(jar.getFileName());
    try (JarFile file = new JarFile(jar.toFile())) {
      if (file.stream().noneMatch(entry -> entry.getName().startsWith("META-INF/services/"))) {
        report(name, "the jar names no provider in META-INF/services.");
        return;
      }
    } catch (IOException | SecurityException e) {
      report(name, "the jar cannot be opened; it may be incomplete: " + e.getMessage());
      return;
    }
    try {
      URL url = jar.toUri().toURL();
      var loader = new ExtensionClassLoader(name, url);
      jars.add(loader);
      take(name, loader, loader);
    } catch (MalformedURLException e) {
      report(name, "the jar's path cannot be made a URL: " + e.getMessage());
    }
  }

  /// @param owner takes only providers of this class loader; null for those of any
  private void take(String jar, ClassLoader loader, @Nullable ClassLoader owner) {
    int faultsBefore = faults.size();
    providers(jar, FunctionProvider.class, loader, owner)
        .forEach(provider -> functionsOf(jar, provider));
    providers(jar, StoreProvider.class, loader, owner).forEach(provider -> store(jar, provider));
    providers(jar, DecisionListener.class, loader, owner)
        .forEach(listener -> guarded(jar, listener, () -> listeners.add(named(listener))));
    providers(jar, GovernanceListener.class, loader, owner)
        .forEach(
            listener ->
                guarded(
                    jar,
                    listener,
                    () -> {
                      Objects.requireNonNull(listener.name(), "name() gives null");
                      governanceListeners.add(listener);
                    }));
    if (faults.size() - faultsBefore > MOST_FAULTS_OF_A_JAR) {
      faults.subList(faultsBefore + MOST_FAULTS_OF_A_JAR, faults.size()).clear();
    }
  }

  private static DecisionListener named(DecisionListener listener) {
    Objects.requireNonNull(listener.name(), "name() gives null");
    return listener;
  }

  private <S> List<S> providers(
      String jar, Class<S> service, ClassLoader loader, @Nullable ClassLoader owner) {
    List<S> providers = new ArrayList<>();
    Iterator<ServiceLoader.Provider<S>> found;
    try (Stream<ServiceLoader.Provider<S>> stream = ServiceLoader.load(service, loader).stream()) {
      found = stream.iterator();
      for (int i = 0; i < MOST_PROVIDERS_OF_A_JAR; i++) {
        try {
          if (!found.hasNext()) {
            break;
          }
          ServiceLoader.Provider<S> provider = found.next();
          if (owner == null || owner.equals(provider.type().getClassLoader())) {
            providers.add(provider.get());
          }
        } catch (ServiceConfigurationError | LinkageError e) {
          report(jar, cause(e));
        }
      }
    }
    return providers;
  }

  private void functionsOf(String jar, FunctionProvider provider) {
    guarded(
        jar,
        provider,
        () -> {
          List<Function> offered = List.copyOf(provider.functions());
          for (Function function : offered) {
            String other = jarOfFunction.get(function.name());
            if (other != null) {
              throw new IllegalArgumentException(
                  "the function %s is already there, from %s; all functions of this provider are left out."
                      .formatted(function.name(), other));
            }
          }
          List<Function> together = new ArrayList<>(functions);
          together.addAll(offered);
          functionCheck.check(List.copyOf(together));
          functions.addAll(offered);
          offered.forEach(function -> jarOfFunction.put(function.name(), jar));
        });
  }

  private void store(String jar, StoreProvider provider) {
    guarded(
        jar,
        provider,
        () -> {
          String name = Objects.requireNonNull(provider.name(), "name() gives null");
          if (stores.stream().anyMatch(store -> store.name().equals(name))) {
            throw new IllegalArgumentException(
                "there is already a store named %s.".formatted(name));
          }
          stores.add(provider);
        });
  }

  private void guarded(String jar, Object provider, Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      report(jar, "provider %s: %s".formatted(provider.getClass().getName(), cause(e)));
    }
  }

  private void report(String jar, String fault) {
    faults.add("%s: %s".formatted(jar, fault.replaceAll("\\s*\\R\\s*", " ")));
  }

  /// {@return the innermost cause in words; the type of an error names what the message alone does not}
  private static String cause(Throwable e) {
    Throwable innermost = e;
    for (int i = 0; i < DEEPEST_CAUSE && innermost.getCause() != null; i++) {
      innermost = innermost.getCause();
    }
    String message = innermost.getMessage();
    String plain =
        innermost instanceof IllegalArgumentException
                || innermost instanceof ServiceConfigurationError
            ? ""
            : innermost.getClass().getSimpleName();
    String innermostText =
        message == null ? innermost.getClass().getSimpleName() : join(plain, message);
    return e instanceof ServiceConfigurationError && e.getCause() != null
        ? "%s (%s)".formatted(e.getMessage(), innermostText)
        : innermostText;
  }

  private static String join(String type, String message) {
    return type.isEmpty() ? message : type + ": " + message;
  }
}
