package dev.tenet.domain.hash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/// A hash by SHA-256 (FIPS 180-4).
///
/// @param hex 64 hexadecimal digits in lower case
public record Sha256(String hex) {

  private static final int DIGITS = 64;

  /// Copying it is faster than asking the providers for a new one.
  private static final MessageDigest UNUSED = created();

  private static final Pattern HEX = Pattern.compile("[0-9a-f]{" + DIGITS + "}");

  /// What the first record of a chain has for the hash of the record before it.
  public static final Sha256 ZERO = new Sha256("0".repeat(DIGITS));

  public Sha256 {
    if (!HEX.matcher(hex).matches()) {
      throw new IllegalArgumentException("a hash by SHA-256 is 64 hexadecimal digits");
    }
  }

  /// {@return the hash that is written so, or empty when none is}
  public static Optional<Sha256> parse(String hex) {
    return HEX.matcher(hex).matches() ? Optional.of(new Sha256(hex)) : Optional.empty();
  }

  /// {@return the hash of the text in UTF-8}
  public static Sha256 of(String text) {
    return of(text.getBytes(UTF_8));
  }

  /// {@return the hash of the bytes}
  public static Sha256 of(byte[] bytes) {
    return finished(digest(), bytes);
  }

  /// {@return what bytes are fed to, piece by piece, before [#of(MessageDigest)]}
  public static MessageDigest digest() {
    try {
      return (MessageDigest) UNUSED.clone();
    } catch (CloneNotSupportedException e) {
      return created();
    }
  }

  private static MessageDigest created() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /// {@return the hash of what the digest was fed with}
  public static Sha256 of(MessageDigest digest) {
    return finished(digest, new byte[0]);
  }

  private static Sha256 finished(MessageDigest digest, byte[] rest) {
    return new Sha256(HexFormat.of().formatHex(digest.digest(rest)));
  }

  @Override
  public String toString() {
    return hex;
  }
}
