package dev.tenet.http.json;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// JSON that is being written, in a growing array of bytes. The caller sees to commas, colons and brackets.
public final class JsonBytes {

  private static final int LONGEST_ESCAPE = 6;
  private static final int LARGEST = Integer.MAX_VALUE - 8;
  private static final byte[] DIGITS = "0123456789ABCDEF".getBytes(StandardCharsets.ISO_8859_1);

  private byte[] bytes;
  private int size;

  /// @param expected about how many bytes there will be
  public JsonBytes(int expected) {
    bytes = new byte[expected];
  }

  /// {@return how many bytes were written}
  public int size() {
    return size;
  }

  /// {@return what was written}
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /// Moves what was written to a stream, and begins anew.
  public void drain(OutputStream out) throws IOException {
    out.write(bytes, 0, size);
    size = 0;
  }

  /// Takes back what was written.
  public void clear() {
    size = 0;
  }

  /// Writes a character of ASCII as it is.
  public JsonBytes raw(char ascii) {
    reserve(1);
    bytes[size++] = (byte) ascii;
    return this;
  }

  /// Writes bytes as they are.
  public JsonBytes raw(byte[] more) {
    reserve(more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
    return this;
  }

  /// Writes ASCII as it is.
  public JsonBytes raw(String ascii) {
    return raw(ascii.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// Writes an integer.
  public JsonBytes number(long number) {
    return raw(Long.toString(number));
  }

  /// Writes a number, or the name of what JSON has no number for as a string.
  public JsonBytes number(double number) {
    return Double.isFinite(number)
        ? raw(Double.toString(number))
        : raw('"').raw(Double.toString(number)).raw('"');
  }

  /// Writes a string with its quotation marks.
  public JsonBytes text(String text) {
    int length = text.length();
    reserve(length + 2L);
    bytes[size++] = '"';
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || c > '~') {
        special(text, i);
        break;
      }
      bytes[size++] = (byte) c;
    }
    return raw('"');
  }

  /// Writes the rest of a string from the first character on that is not one byte as it is.
  private void special(String text, int start) {
    int i = start;
    while (i < text.length()) {
      reserve(LONGEST_ESCAPE);
      int point = text.codePointAt(i);
      i += Character.charCount(point);
      if (point < ' ' || point == '"' || point == '\\') {
        escape(point);
      } else {
        utf8(point);
      }
    }
  }

  private void escape(int character) {
    bytes[size++] = '\\';
    switch (character) {
      case '"', '\\' -> bytes[size++] = (byte) character;
      case '\b' -> bytes[size++] = 'b';
      case '\f' -> bytes[size++] = 'f';
      case '\n' -> bytes[size++] = 'n';
      case '\r' -> bytes[size++] = 'r';
      case '\t' -> bytes[size++] = 't';
      default -> {
        bytes[size++] = 'u';
        bytes[size++] = '0';
        bytes[size++] = '0';
        bytes[size++] = DIGITS[character >> 4];
        bytes[size++] = DIGITS[character & 0xF];
      }
    }
  }

  /// Half a surrogate pair is no character: U+FFFD stands for it.
  private void utf8(int character) {
    int point =
        character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE
            ? 0xFFFD
            : character;
    if (point < 0x80) {
      bytes[size++] = (byte) point;
    } else if (point < 0x800) {
      bytes[size++] = (byte) (0xC0 | point >> 6);
      tail(point);
    } else if (point < 0x1_0000) {
      bytes[size++] = (byte) (0xE0 | point >> 12);
      tail(point >> 6);
      tail(point);
    } else {
      bytes[size++] = (byte) (0xF0 | point >> 18);
      tail(point >> 12);
      tail(point >> 6);
      tail(point);
    }
  }

  private void tail(int bits) {
    bytes[size++] = (byte) (0x80 | (bits & 0x3F));
  }

  private void reserve(long more) {
    if (more > bytes.length - size) {
      long needed = Math.max(size + more, 2L * bytes.length);
      bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(needed, 64), LARGEST));
    }
  }
}
