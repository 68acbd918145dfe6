package dev.tenet.bootstrap.extension;

import dev.tenet.application.evaluation.DecisionObserver;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.spi.FunctionProvider;
import java.io.File;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// Loads the classes of one extension jar. Besides the jar it sees the JDK, the SPI, and what the SPI's signatures need,
/// and nothing else of Tenet or its libraries: an extension may bring its own versions of those.
///
/// A loader that has retired keeps no file open. Who still runs its classes notices nothing: what they need for the first time is
/// read from the jar all the same. It goes away with the last of them.
final class ExtensionClassLoader extends URLClassLoader {

  static {
    registerAsParallelCapable();
  }

  private final File jar;
  private final URL location;
  private volatile boolean retired;

  /// @param jarName for messages
  /// @param jar a copy that nobody changes
  /// @throws MalformedURLException when the path cannot be made a URL
  ExtensionClassLoader(String jarName, Path jar) throws MalformedURLException {
    this(jarName, jar, jar.toUri().toURL());
  }

  private ExtensionClassLoader(String jarName, Path jar, URL location) {
    super(jarName, new URL[] {location}, new SharedClasses());
    this.jar = jar.toFile();
    this.location = location;
  }

  /// Closes the file of the jar.
  void retire() throws IOException {
    retired = true;
    close();
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    try {
      return super.findClass(name);
    } catch (ClassNotFoundException | IllegalStateException closed) {
      byte[] code = retired ? read(name.replace('.', '/') + ".class") : null;
      if (code == null) {
        throw new ClassNotFoundException(name, closed);
      }
      return defineClass(
          name, code, 0, code.length, new CodeSource(location, (CodeSigner @Nullable []) null));
    }
  }

  private byte @Nullable [] read(String entryName) {
    try (JarFile file = new JarFile(jar, true, ZipFile.OPEN_READ, Runtime.version())) {
      JarEntry entry = file.getJarEntry(entryName);
      return entry == null ? null : file.getInputStream(entry).readAllBytes();
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public @Nullable URL findResource(String name) {
    if (retired) {
      return read(name) == null ? null : uncached("jar:" + location + "!/" + name);
    }
    URL found = super.findResource(name);
    return found == null ? null : uncached(found.toExternalForm());
  }

  @Override
  public Enumeration<URL> findResources(String name) throws IOException {
    List<URL> resources = new ArrayList<>();
    URL found = findResource(name);
    if (found != null) {
      resources.add(found);
    }
    return Collections.enumeration(resources);
  }

  /// The JDK keeps jars that were read by such an address open for ever, unless it is told not to.
  private static @Nullable URL uncached(String address) {
    try {
      return URL.of(URI.create(address), new Uncached());
    } catch (MalformedURLException e) {
      return null;
    }
  }

  private static final class Uncached extends URLStreamHandler {
    @Override
    protected URLConnection openConnection(URL url) throws IOException {
      URLConnection connection = URI.create(url.toExternalForm()).toURL().openConnection();
      connection.setUseCaches(false);
      return connection;
    }
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
