package dev.tenet.postgres.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/// The programs of PostgreSQL for this platform, unpacked.
///
/// @param version such as `18.6.0`
record Binaries(Path directory, String version) {

  private static final int OWNER_EXECUTES = 0b001_000_000;

  /// {@return the programs, unpacked now unless they have been before}
  static Binaries unpacked(Path root) {
    String version = packagedVersion();
    Path directory = root.resolve("postgresql-" + version);
    try {
      if (!Files.isDirectory(directory)) {
        Path draft = root.resolve("postgresql-" + version + ".new");
        DataDirectory.delete(draft);
        unpack(draft);
        Files.move(draft, directory, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL cannot be unpacked to " + directory, e);
    }
    return new Binaries(directory, version);
  }

  private static String packagedVersion() {
    try (InputStream file = Binaries.class.getResourceAsStream("binaries.properties")) {
      var properties = new Properties();
      properties.load(file);
      return properties.getProperty("version", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void unpack(Path target) throws IOException {
    Path base = Files.createDirectories(target);
    try (InputStream packed = Binaries.class.getResourceAsStream("/" + resource())) {
      if (packed == null) {
        throw new IllegalArgumentException(
            "There is no embedded PostgreSQL for this platform (%s %s): set DATABASE_URL."
                .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
      }
      var tar = new TarArchiveInputStream(new XZInputStream(packed));
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = base.resolve(entry.getName()).normalize();
        if (!path.startsWith(base)) {
          throw new IOException("An entry outside of the archive: " + entry.getName());
        }
        unpack(entry, tar, path);
      }
    }
    Files.setPosixFilePermissions(base, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static void unpack(TarArchiveEntry entry, InputStream content, Path path)
      throws IOException {
    boolean executable = (entry.getMode() & OWNER_EXECUTES) != 0;
    if (entry.isDirectory()) {
      Files.createDirectories(path);
      executable = true;
    } else if (entry.isSymbolicLink()) {
      Files.createDirectories(path.getParent());
      Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
      return;
    } else {
      Files.createDirectories(path.getParent());
      Files.copy(content, path);
    }
    Files.setPosixFilePermissions(
        path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
  }

  private static String resource() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch");
    boolean arm = List.of("aarch64", "arm64").contains(processor);
    return system.startsWith("mac")
        ? arm ? "postgres-darwin-arm_64.txz" : "postgres-darwin-x86_64.txz"
        : arm ? "postgres-linux-arm_64.txz" : "postgres-linux-x86_64.txz";
  }

  /// {@return the first number of the version}
  String majorVersion() {
    return version.substring(0, version.indexOf('.'));
  }

  /// {@return where a program is, such as `initdb`}
  String program(String name) {
    return directory.resolve("bin").resolve(name).toString();
  }
}
