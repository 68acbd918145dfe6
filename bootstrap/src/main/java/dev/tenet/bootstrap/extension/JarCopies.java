package dev.tenet.bootstrap.extension;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.Cleaner;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Copies of jars in a folder of this process's own: who overwrites a jar in place would pull the classes from under those who
/// run them. A copy goes away with the classes that are loaded from it, and all of them at the end; what a process left
/// that was killed, the next one that makes copies removes.
final class JarCopies implements AutoCloseable {

  private static final String PREFIX = "tenet-extensions-";
  private static final String LOCK = "lock";
  private static final Cleaner CLEANER =
      Cleaner.create(Thread.ofPlatform().daemon().name("tenet-jar-copies").factory());

  private final Path temporary;
  private @Nullable Path folder;
  private @Nullable FileChannel lock;
  private int copies;

  /// @param temporary where temporary files are
  JarCopies(Path temporary) {
    this.temporary = temporary;
  }

  /// {@return a copy of the jar}
  synchronized Path copy(Path jar) throws IOException {
    if (!Files.isRegularFile(jar)) {
      throw new IOException("it is no file.");
    }
    Path target = usableFolder().resolve(++copies + "-" + jar.getFileName());
    try {
      return Files.copy(jar, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      Files.deleteIfExists(target);
      throw e;
    }
  }

  /// Removes a copy as soon as nobody can use the loader any more.
  void removeWith(ExtensionClassLoader loader, Path copy) {
    CLEANER.register(loader, () -> remove(copy));
  }

  private Path usableFolder() throws IOException {
    try {
      return folder();
    } catch (IOException e) {
      throw new IOException("no copy of it can be made in %s: %s".formatted(temporary, e), e);
    }
  }

  private Path folder() throws IOException {
    Path known = folder;
    if (known == null) {
      removeLeftovers();
      known = Files.createTempDirectory(temporary, PREFIX);
      lock(known);
      folder = known;
    }
    return known;
  }

  /// Nobody sees a lock that is not held yet.
  private void lock(Path owned) throws IOException {
    Path unseen = owned.resolve("unlocked");
    FileChannel channel =
        FileChannel.open(unseen, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    lock = channel;
    if (channel.tryLock() != null) {
      Files.move(unseen, owned.resolve(LOCK));
    }
  }

  private void removeLeftovers() {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, PREFIX + "*")) {
      for (Path left : folders) {
        if (isAbandoned(left.resolve(LOCK))) {
          remove(left);
        }
      }
    } catch (IOException e) {
      // What cannot be listed is not ours to remove.
    }
  }

  private static boolean isAbandoned(Path lock) {
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        FileLock taken = channel.tryLock()) {
      return taken != null;
    } catch (IOException | OverlappingFileLockException e) {
      return false;
    }
  }

  /// What cannot be removed now, the next process removes.
  private static void remove(Path path) {
    try {
      if (Files.isDirectory(path)) {
        try (Stream<Path> files = Files.list(path)) {
          files.forEach(JarCopies::remove);
        }
      }
      Files.deleteIfExists(path);
    } catch (IOException | UncheckedIOException e) {
      path.toFile().deleteOnExit();
    }
  }

  @Override
  public synchronized void close() {
    try {
      if (lock != null) {
        lock.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (folder != null) {
        remove(folder);
      }
    }
  }
}
