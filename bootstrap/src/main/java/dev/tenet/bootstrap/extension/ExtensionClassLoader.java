package dev.tenet.bootstrap.extension;

import dev.tenet.application.evaluation.DecisionObserver;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.spi.FunctionProvider;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Loads the classes of one extension jar. Besides the jar it sees the JDK, the SPI, and what the SPI's signatures need,
/// and nothing else of Tenet or its libraries: an extension may bring its own versions of those.
final class ExtensionClassLoader extends URLClassLoader {

  static {
    registerAsParallelCapable();
  }

  ExtensionClassLoader(String jarName, URL jar) {
    super(jarName, new URL[] {jar}, new SharedClasses());
  }

  /// Finds the shared classes by the jar they come from, whatever their packages are called.
  private static final class SharedClasses extends ClassLoader {

    static {
      registerAsParallelCapable();
    }

    private static final Set<String> SOURCES =
        Stream.of(FunctionProvider.class, DecisionObserver.class, TenantId.class, Nullable.class)
            .flatMap(type -> source(type).stream())
            .collect(Collectors.toUnmodifiableSet());

    SharedClasses() {
      super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      Class<?> found = Class.forName(name, false, SharedClasses.class.getClassLoader());
      if (source(found).filter(SOURCES::contains).isEmpty()) {
        throw new ClassNotFoundException(name);
      }
      return found;
    }

    private static Optional<String> source(Class<?> type) {
      return Optional.ofNullable(type.getProtectionDomain().getCodeSource())
          .map(source -> String.valueOf(source.getLocation()));
    }
  }
}
