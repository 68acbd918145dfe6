package dev.tenet.domain.evaluation;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/// An immutable string of bytes.
public final class Bytes {

  private final byte[] value;

  private Bytes(byte[] value) {
    this.value = value;
  }

  /// {@return a copy of the bytes}
  public static Bytes of(byte[] value) {
    return new Bytes(value.clone());
  }

  /// {@return the bytes that Base64 text stands for, in the basic or the URL-safe alphabet}
  ///
  /// @throws IllegalArgumentException when the text is not Base64
  public static Bytes ofBase64(String text) {
    boolean urlSafe = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
    return new Bytes((urlSafe ? Base64.getUrlDecoder() : Base64.getDecoder()).decode(text));
  }

  /// {@return a copy of the bytes}
  public byte[] toByteArray() {
    return value.clone();
  }

  /// {@return the bytes in Base64}
  public String toBase64() {
    return Base64.getEncoder().encodeToString(value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(value, bytes.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(value);
  }
}
