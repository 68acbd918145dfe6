package dev.tenet.bootstrap.cli;

import dev.tenet.bootstrap.config.Setting;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where a server keeps the code of plugins and scripts. The keys of an object store are no options, which other users of the machine see.
final class ArtefactOptions {

  @Option(
      names = "--artefacts",
      paramLabel = "PLACE",
      description = {
        "Where the code of plugins and scripts is kept: database with everything else, directory, or s3 in an object store.",
        "[TENET_ARTEFACTS; artefacts.store; default " + Setting.DEFAULT_ARTEFACTS + "]"
      })
  private @Nullable String place;

  @Option(
      names = "--artefacts-directory",
      paramLabel = "DIR",
      description = {
        "The directory, which all servers of the database share.",
        "[TENET_ARTEFACTS_DIRECTORY; artefacts.directory]"
      })
  private @Nullable String directory;

  @Option(
      names = "--artefacts-endpoint",
      paramLabel = "URL",
      description = {
        "Address of the object store; AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or accessKey and secretKey in the file, sign requests.",
        "[TENET_ARTEFACTS_ENDPOINT; artefacts.s3.endpoint]"
      })
  private @Nullable String endpoint;

  @Option(
      names = "--artefacts-bucket",
      paramLabel = "NAME",
      description = {
        "Bucket of the object store, which must be there.",
        "[TENET_ARTEFACTS_BUCKET; artefacts.s3.bucket]"
      })
  private @Nullable String bucket;

  @Option(
      names = "--artefacts-prefix",
      paramLabel = "PREFIX",
      description = {
        "What the names of objects begin with.",
        "[TENET_ARTEFACTS_PREFIX; artefacts.s3.prefix; default "
            + Setting.DEFAULT_ARTEFACTS_PREFIX
            + "]"
      })
  private @Nullable String prefix;

  @Option(
      names = "--artefacts-region",
      paramLabel = "REGION",
      description = {
        "Region that requests are signed for.",
        "[TENET_ARTEFACTS_REGION; artefacts.s3.region; default "
            + Setting.DEFAULT_ARTEFACTS_REGION
            + "]"
      })
  private @Nullable String region;

  /// Adds what was given.
  void put(ServerOptions options) {
    options
        .put(Setting.ARTEFACTS, place)
        .put(Setting.ARTEFACTS_DIRECTORY, directory)
        .put(Setting.ARTEFACTS_ENDPOINT, endpoint)
        .put(Setting.ARTEFACTS_BUCKET, bucket)
        .put(Setting.ARTEFACTS_PREFIX, prefix)
        .put(Setting.ARTEFACTS_REGION, region);
  }
}
