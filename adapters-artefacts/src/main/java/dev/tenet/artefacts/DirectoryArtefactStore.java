package dev.tenet.artefacts;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.tenet.application.plugin.ArtefactStore;
import dev.tenet.application.plugin.CheckedCode;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.domain.hash.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Keeps code in a directory, a file for each, called by its hash. Several servers may have the same directory.
///
/// A file gets its name when it is whole and on the disk. Names that are neither a hash nor of a file that is on its way are left alone.
public final class DirectoryArtefactStore implements ArtefactStore {

  /// What a file is called before it gets its name, and after it has lost it.
  private static final Pattern ON_ITS_WAY = Pattern.compile("\\.[0-9a-f]{64}\\..+\\.part");

  private final Path directory;

  private DirectoryArtefactStore(Path directory) {
    this.directory = directory;
  }

  /// {@return a store in the directory, which is made when it is not there}
  ///
  /// @throws StoreUnavailable when nothing can be written there
  public static DirectoryArtefactStore open(Path directory) {
    var store = new DirectoryArtefactStore(directory.toAbsolutePath().normalize());
    try {
      Files.createDirectories(store.directory);
      Files.delete(store.part(Sha256.ZERO));
      return store;
    } catch (IOException e) {
      throw store.unavailable(e);
    }
  }

  @Override
  public Sha256 keep(byte[] code) {
    Sha256 artefact = Sha256.of(code);
    try {
      Path part = part(artefact);
      try {
        write(part, code);
        Files.move(part, file(artefact), ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
      try (FileChannel names = FileChannel.open(directory, READ)) {
        names.force(true);
      }
      return artefact;
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  private static void write(Path file, byte[] code) throws IOException {
    try (FileChannel channel = FileChannel.open(file, WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(code);
      while (left.hasRemaining()) {
        channel.write(left);
      }
      channel.force(true);
    }
  }

  @Override
  public Optional<byte[]> find(Sha256 artefact) {
    try {
      return CheckedCode.of(Files.readAllBytes(file(artefact)), artefact, place());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  @Override
  public int removeUnused(Set<Sha256> used, Instant before) {
    int gone = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
      for (Path file : files) {
        String name = Objects.requireNonNull(file.getFileName()).toString();
        Optional<Sha256> artefact = Sha256.parse(name);
        if (artefact.isPresent() && !used.contains(artefact.get())) {
          gone += remove(artefact.get(), before) ? 1 : 0;
        } else if (ON_ITS_WAY.matcher(name).matches() && isOlder(file, before)) {
          Files.deleteIfExists(file);
        }
      }
      return gone;
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  /// The file loses its name before it is looked at once more, so that what was kept again meanwhile gets it back.
  private boolean remove(Sha256 artefact, Instant before) throws IOException {
    Path file = file(artefact);
    if (!isOlder(file, before)) {
      return false;
    }
    Path part = part(artefact);
    try {
      Files.move(file, part, ATOMIC_MOVE);
      if (isOlder(part, before)) {
        return true;
      }
      Files.move(part, file, ATOMIC_MOVE);
      return false;
    } catch (NoSuchFileException e) {
      return false;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static boolean isOlder(Path file, Instant before) throws IOException {
    try {
      BasicFileAttributes attributes =
          Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
      return attributes.isRegularFile()
          && attributes.lastModifiedTime().toInstant().isBefore(before);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private Path file(Sha256 artefact) {
    return directory.resolve(artefact.hex());
  }

  /// {@return a new file}
  private Path part(Sha256 artefact) throws IOException {
    return Files.createTempFile(directory, "." + artefact.hex() + ".", ".part");
  }

  private String place() {
    return "the directory " + directory;
  }

  private StoreUnavailable unavailable(IOException e) {
    return new StoreUnavailable("%s: %s".formatted(place(), words(e)), e);
  }

  private static String words(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> "access is denied";
      case NoSuchFileException missing -> "it is not there";
      case FileAlreadyExistsException file -> "it is no directory";
      case FileSystemException other when other.getReason() != null ->
          String.valueOf(other.getReason());
      default -> String.valueOf(e.getMessage());
    };
  }
}
