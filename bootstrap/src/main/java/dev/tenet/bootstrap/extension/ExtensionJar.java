package dev.tenet.bootstrap.extension;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/// One version of an extension jar, opened.
///
/// @param loader null when the jar cannot be opened
record ExtensionJar(
    String name,
    Fingerprint fingerprint,
    @Nullable ExtensionClassLoader loader,
    Providers providers) {

  /// {@return the jar with its providers; what is wrong with it is among their faults}
  ///
  /// @param fingerprint the file's
  static ExtensionJar open(Path file, Fingerprint fingerprint, JarCopies copies) {
    String name = String.valueOf(file.getFileName());
    try {
      Path copy = copies.copy(file);
      if (!namesProviders(copy)) {
        Files.delete(copy);
        return unusable(
            name,
            fingerprint,
            "the jar names no provider in META-INF/services, in a file that is called %s."
                .formatted(ProviderFinder.services()));
      }
      var loader = new ExtensionClassLoader(name, copy);
      copies.removeWith(loader, copy);
      return new ExtensionJar(name, fingerprint, loader, ProviderFinder.find(name, loader, loader));
    } catch (IOException | SecurityException e) {
      return unusable(
          name, fingerprint, "the jar cannot be opened; it may be incomplete: " + e.getMessage());
    }
  }

  /// A truncated jar otherwise looks like one without providers.
  private static boolean namesProviders(Path copy) throws IOException {
    try (JarFile file = new JarFile(copy.toFile())) {
      return ProviderFinder.SERVICES.stream()
          .anyMatch(service -> file.getEntry("META-INF/services/" + service.getName()) != null);
    } catch (IOException | SecurityException e) {
      Files.delete(copy);
      throw e;
    }
  }

  private static ExtensionJar unusable(String name, Fingerprint fingerprint, String fault) {
    return new ExtensionJar(
        name, fingerprint, null, Providers.none(name, ProviderFinder.oneLine(fault)));
  }

  /// {@return whether it could be opened}
  boolean isOpen() {
    return loader != null;
  }

  /// {@return whether all that the jar names can be used}
  boolean isSound() {
    return isOpen() && providers.faults().isEmpty();
  }

  /// Lets go of the file; who still runs the jar's classes goes on.
  void retire() {
    if (loader != null) {
      try {
        loader.retire();
      } catch (IOException e) {
        // The file is given back when the loader goes away.
      }
    }
  }
}
