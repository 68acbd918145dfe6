package dev.tenet.postgres.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/// A new directory for one test, deleted when it is closed. The binaries are unpacked once for all of them.
public record TestDirectory(Path parent) implements AutoCloseable {

  private static final TestDirectory UNPACKED = unpacked();

  private static TestDirectory unpacked() {
    TestDirectory shared = empty();
    DataDirectory.open(shared.path()).close();
    Binaries.unpacked(shared.path());
    open(shared.parent);
    Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
    return shared;
  }

  private static void open(Path directory) {
    try {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// {@return a data directory with nothing but the binaries in it}
  public static TestDirectory create() {
    TestDirectory directory = empty();
    DataDirectory.open(directory.path()).close();
    try {
      Path binaries = Binaries.unpacked(UNPACKED.path()).directory();
      Files.createSymbolicLink(directory.path().resolve(binaries.getFileName()), binaries);
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// {@return a directory in which nothing has been made yet}
  public static TestDirectory empty() {
    try {
      return new TestDirectory(Files.createTempDirectory("tenet"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// {@return a copy as `cp -a` makes it: owners, modes and symbolic links stay as they are}
  public TestDirectory copy() {
    TestDirectory copy = empty();
    try (Stream<Path> originals = Files.walk(path())) {
      for (Path original : originals.toList()) {
        Files.copy(
            original,
            copy.path().resolve(path().relativize(original)),
            StandardCopyOption.COPY_ATTRIBUTES,
            LinkOption.NOFOLLOW_LINKS);
      }
      return copy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// {@return the data directory}
  public Path path() {
    return parent.resolve("data");
  }

  @Override
  public void close() {
    try {
      DataDirectory.delete(parent);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
