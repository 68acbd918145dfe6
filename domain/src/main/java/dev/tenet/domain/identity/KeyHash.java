package dev.tenet.domain.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenet.domain.hash.Sha256;
import java.security.MessageDigest;
import java.util.Arrays;

/// The SHA-256 of an API key, or of a token: all of it that is kept.
///
/// A hash for passwords is slow on purpose, because passwords can be guessed. Nobody guesses 256 random bits, so that a slow
/// hash would help only those who flood the server with wrong keys.
public final class KeyHash {

  /// What no key has: to be compared with where there is nothing to compare with, so that it takes as long.
  public static final KeyHash NOBODYS = new KeyHash(new byte[32]);

  private final byte[] value;

  private KeyHash(byte[] value) {
    this.value = value;
  }

  /// {@return the hash that consists of these bytes}
  public static KeyHash of(byte[] value) {
    return new KeyHash(value.clone());
  }

  /// {@return the hash of a text in UTF-8}
  public static KeyHash ofText(String text) {
    return new KeyHash(Sha256.digest().digest(text.getBytes(UTF_8)));
  }

  /// {@return a copy of the bytes}
  public byte[] toByteArray() {
    return value.clone();
  }

  /// {@return whether both are the same, in a time that does not tell how much of them is}
  public boolean matches(KeyHash other) {
    return MessageDigest.isEqual(value, other.value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyHash hash && matches(hash);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return "the hash of a key";
  }
}
