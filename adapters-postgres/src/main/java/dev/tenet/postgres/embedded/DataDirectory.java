package dev.tenet.postgres.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The directory that holds all that the embedded PostgreSQL keeps, locked for as long as this is open.
///
/// | path | content |
/// |---|---|
/// | `tenet.lock` | locked by the server that uses the directory; the lock ends with the process, however that ends |
/// | `postgresql.secret` | what the passwords are made of; only its owner reads it |
/// | `postgresql-VERSION/` | the unpacked binaries |
/// | `postgresql/data/` | the database |
/// | `postgresql/start.log` | what PostgreSQL said when it last started; later it writes to `postgresql/data/log/` |
final class DataDirectory implements AutoCloseable {

  private static final int SECRET_BYTES = 32;

  private final Path root;
  private final FileChannel lock;
  private final byte[] secret;

  private DataDirectory(Path root, FileChannel lock, byte[] secret) {
    this.root = root;
    this.lock = lock;
    this.secret = secret;
  }

  /// Opens the directory, and makes it when it is not there.
  ///
  /// @throws IllegalArgumentException with a message for the operator when another server uses it, or it cannot be used
  static DataDirectory open(Path directory) {
    @Nullable FileChannel lock = null;
    try {
      if (!Files.isDirectory(directory)) {
        // Root's directory can be passed through: the account that PostgreSQL runs as must reach
        // its own.
        String mode = Account.isRoot() ? "rwx--x--x" : "rwx------";
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
      }
      Path root = directory.toRealPath();
      lock =
          FileChannel.open(
              root.resolve("tenet.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isFree(lock)) {
        lock.close();
        throw new IllegalArgumentException(
            "The data directory %s is in use by another server: stop that one, or choose another directory with --data-dir."
                .formatted(directory));
      }
      Path secret = root.resolve("postgresql.secret");
      if (holdsDatabase(root) && !Files.exists(secret)) {
        lock.close();
        throw new IllegalArgumentException(
            "The data directory %s holds a database, and not the file postgresql.secret that opens it: bring it back from where the database comes."
                .formatted(directory));
      }
      return new DataDirectory(root, lock, secret(secret));
    } catch (IOException e) {
      close(lock);
      throw new IllegalArgumentException(
          "The data directory %s cannot be used: %s".formatted(directory, e), e);
    }
  }

  private static boolean isFree(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  private static byte[] secret(Path file) throws IOException {
    if (!Files.exists(file)) {
      byte[] random = new byte[SECRET_BYTES];
      new SecureRandom().nextBytes(random);
      Path draft = file.resolveSibling("postgresql.secret.new");
      Files.deleteIfExists(draft);
      Files.createFile(
          draft,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        channel.write(UTF_8.encode(HexFormat.of().formatHex(random)));
        channel.force(true);
      }
      Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return Files.readAllBytes(file);
  }

  /// {@return the password of a role}
  String password(String role) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(role.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  Path root() {
    return root;
  }

  /// {@return where PostgreSQL's own files are; everything in it belongs to its account}
  Path home() {
    return home(root);
  }

  private static Path home(Path root) {
    return root.resolve("postgresql");
  }

  Path database() {
    return database(root);
  }

  private static Path database(Path root) {
    return home(root).resolve("data");
  }

  /// {@return whether a database was made in the directory}
  static boolean holdsDatabase(Path root) {
    return Files.isDirectory(database(root));
  }

  /// {@return the major version that the database was made by, or empty when there is none yet}
  Optional<String> databaseVersion() {
    Path file = database().resolve("PG_VERSION");
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void delete(Path directory) throws IOException {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Override
  public void close() {
    close(lock);
  }

  private static void close(@Nullable FileChannel lock) {
    try {
      if (lock != null) {
        lock.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
