package dev.tenet.artefacts;

import dev.tenet.application.plugin.ArtefactStore;
import dev.tenet.application.plugin.CheckedCode;
import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.domain.hash.Sha256;
import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectArgs;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.messages.Item;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.Set;

/// Keeps code in a bucket of an object store that speaks S3, an object for each, called by a prefix and its hash. Several servers may have
/// the same bucket.
///
/// An object is there when it is whole, which object stores promise. Names that are no hash are left alone.
public final class S3ArtefactStore implements ArtefactStore, AutoCloseable {

  private static final Logger LOG = System.getLogger(S3ArtefactStore.class.getName());
  private static final Duration CONNECTING = Duration.ofSeconds(5);
  private static final Duration TRANSFERRING = Duration.ofSeconds(20);
  private static final int DENIED = 403;
  private static final int MISSING = 404;
  private static final String NO_SUCH_OBJECT = "NoSuchKey";

  /// Something that the object store is asked for.
  @FunctionalInterface
  private interface Request<T> {
    T send() throws MinioException, GeneralSecurityException, IOException;
  }

  private final MinioClient client;
  private final S3Settings settings;

  private S3ArtefactStore(MinioClient client, S3Settings settings) {
    this.client = client;
    this.settings = settings;
  }

  /// {@return a store in a bucket, which was there a moment ago}
  ///
  /// @throws IllegalArgumentException with a message for the operator, when there is no such bucket or the keys are refused
  /// @throws StoreUnavailable when the object store does not answer
  public static S3ArtefactStore open(S3Settings settings) {
    MinioClient client =
        MinioClient.builder()
            .endpoint(settings.endpoint().toString())
            .region(settings.region())
            .credentials(settings.keys().access(), settings.keys().secret())
            .build();
    client.setTimeout(CONNECTING.toMillis(), TRANSFERRING.toMillis(), TRANSFERRING.toMillis());
    var store = new S3ArtefactStore(client, settings);
    try {
      store.requireBucket();
      return store;
    } catch (IllegalArgumentException | StoreUnavailable e) {
      store.close();
      throw e;
    }
  }

  private void requireBucket() {
    boolean there;
    try {
      there =
          answer(
              () ->
                  client.bucketExists(
                      BucketExistsArgs.builder().bucket(settings.bucket()).build()));
    } catch (ErrorResponseException e) {
      if (e.response().code() == DENIED) {
        throw new IllegalArgumentException(
            "%s: the access key \"%s\" is refused; give the right keys, and let them list, read, write and delete there."
                .formatted(place(), settings.keys().access()));
      }
      throw unavailable(e);
    }
    if (!there) {
      throw new IllegalArgumentException(
          "%s: there is no such bucket; create it first.".formatted(place()));
    }
  }

  @Override
  public Sha256 keep(byte[] code) {
    Sha256 artefact = Sha256.of(code);
    found(
        () ->
            client.putObject(
                PutObjectArgs.builder().bucket(settings.bucket()).object(name(artefact)).stream(
                        new ByteArrayInputStream(code), code.length, -1)
                    .contentType("application/octet-stream")
                    .build()));
    return artefact;
  }

  @Override
  public Optional<byte[]> find(Sha256 artefact) {
    return found(
            () -> {
              try (InputStream object =
                  client.getObject(
                      GetObjectArgs.builder()
                          .bucket(settings.bucket())
                          .object(name(artefact))
                          .build())) {
                return object.readAllBytes();
              }
            })
        .flatMap(code -> CheckedCode.of(code, artefact, place()));
  }

  /// The list comes in pages of 1,000 objects. What is on it is looked at once more before it goes, for it may have been kept again.
  @Override
  public int removeUnused(Set<Sha256> used, Instant before) {
    Iterable<Result<Item>> objects =
        client.listObjects(
            ListObjectsArgs.builder()
                .bucket(settings.bucket())
                .prefix(settings.prefix())
                .recursive(true)
                .build());
    int gone = 0;
    for (Result<Item> result : objects) {
      Optional<Sha256> unused =
          found(result::get)
              .filter(item -> isOlder(item.lastModified(), before))
              .flatMap(item -> artefact(item.objectName()))
              .filter(artefact -> !used.contains(artefact));
      if (unused.isPresent() && remove(unused.get(), before)) {
        gone++;
      }
    }
    return gone;
  }

  private boolean remove(Sha256 artefact, Instant before) {
    String name = name(artefact);
    boolean older =
        found(
                () ->
                    client.statObject(
                        StatObjectArgs.builder().bucket(settings.bucket()).object(name).build()))
            .filter(present -> isOlder(present.lastModified(), before))
            .isPresent();
    if (older) {
      found(
          () -> {
            client.removeObject(
                RemoveObjectArgs.builder().bucket(settings.bucket()).object(name).build());
            return name;
          });
    }
    return older;
  }

  private static boolean isOlder(ZonedDateTime keptAt, Instant before) {
    return keptAt.toInstant().isBefore(before);
  }

  private String name(Sha256 artefact) {
    return settings.prefix() + artefact.hex();
  }

  private Optional<Sha256> artefact(String name) {
    return name.startsWith(settings.prefix())
        ? Sha256.parse(name.substring(settings.prefix().length()))
        : Optional.empty();
  }

  /// {@return what the object store answers; empty when there is no such object}
  private <T> Optional<T> found(Request<T> request) {
    try {
      return Optional.of(answer(request));
    } catch (ErrorResponseException e) {
      if (e.response().code() == MISSING && e.errorResponse().code().equals(NO_SUCH_OBJECT)) {
        return Optional.empty();
      }
      throw unavailable(e);
    }
  }

  private <T> T answer(Request<T> request) throws ErrorResponseException {
    try {
      return request.send();
    } catch (ErrorResponseException e) {
      throw e;
    } catch (MinioException | GeneralSecurityException | IOException e) {
      throw unavailable(e);
    } catch (RuntimeException e) {
      if (e.getCause() instanceof InterruptedException) {
        Thread.currentThread().interrupt();
        throw unavailable(e);
      }
      throw e;
    }
  }

  private String place() {
    return "the bucket \"%s\" at %s".formatted(settings.bucket(), settings.endpoint());
  }

  private StoreUnavailable unavailable(Exception e) {
    String reason =
        e instanceof ErrorResponseException answered
            ? "%s, %s"
                .formatted(answered.errorResponse().code(), answered.errorResponse().message())
            : String.valueOf(e.getMessage());
    return new StoreUnavailable(
        "%s: %s".formatted(place(), reason.lines().findFirst().orElse("")), e);
  }

  /// Lets go of its connections.
  @Override
  public void close() {
    try {
      client.close();
    } catch (Exception e) {
      LOG.log(Level.DEBUG, "connections to an object store could not be closed", e);
    }
  }
}
