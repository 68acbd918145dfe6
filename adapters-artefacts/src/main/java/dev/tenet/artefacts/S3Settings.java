package dev.tenet.artefacts;

import java.net.URI;
import java.util.regex.Pattern;

/// Where code is kept in an object store.
///
/// @param endpoint the address of the object store, such as `https://s3.eu-central-1.amazonaws.com`
/// @param bucket which is there already
/// @param prefix what the names of objects begin with before their hashes, such as `artefacts/`; empty for nothing
/// @param region that requests are signed for
public record S3Settings(URI endpoint, String bucket, String prefix, String region, S3Keys keys) {

  /// What a bucket may be called.
  public static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  /// What a prefix may be.
  public static final Pattern PREFIX = Pattern.compile("([A-Za-z0-9_.-]+/)*");

  /// What a region may be called.
  public static final Pattern REGION = Pattern.compile("[A-Za-z0-9-]{1,63}");
}
