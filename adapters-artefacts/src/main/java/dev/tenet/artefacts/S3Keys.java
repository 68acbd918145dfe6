package dev.tenet.artefacts;

/// With what requests to an object store are signed. As text it is shown without the secret.
///
/// @param access the name of the key
/// @param secret what nobody else may know
public record S3Keys(String access, String secret) {

  @Override
  public String toString() {
    return access;
  }
}
