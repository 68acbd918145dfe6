package dev.tenet.http.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// UTF-8 as RFC 3629, section 4, defines it: nothing overlong, no surrogates, nothing beyond U+10FFFF.
final class Utf8 {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long NOT_ASCII = 0x8080_8080_8080_8080L;

  private Utf8() {}

  /// {@return whether the bytes from `from` until before `to` are text}
  static boolean isValid(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to) {
      if (bytes[at] < 0) {
        int length = length(bytes, at, to);
        if (length == 0) {
          return false;
        }
        at += length;
      } else if (at + Long.BYTES <= to && ((long) LONGS.get(bytes, at) & NOT_ASCII) == 0) {
        at += Long.BYTES;
      } else {
        at++;
      }
    }
    return true;
  }

  /// {@return how many bytes the character has that begins beyond ASCII, or 0 when it is none}
  private static int length(byte[] bytes, int at, int to) {
    int lead = bytes[at] & 0xFF;
    int second = at + 1 < to ? bytes[at + 1] & 0xFF : 0;
    if (lead >= 0xC2 && lead <= 0xDF) {
      return isTail(second) ? 2 : 0;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
      boolean begins =
          switch (lead) {
            case 0xE0 -> second >= 0xA0 && second <= 0xBF;
            case 0xED -> second >= 0x80 && second <= 0x9F;
            default -> isTail(second);
          };
      return begins && isTail(bytes, at + 2, to) ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
      boolean begins =
          switch (lead) {
            case 0xF0 -> second >= 0x90 && second <= 0xBF;
            case 0xF4 -> second >= 0x80 && second <= 0x8F;
            default -> isTail(second);
          };
      return begins && isTail(bytes, at + 2, to) && isTail(bytes, at + 3, to) ? 4 : 0;
    }
    return 0;
  }

  private static boolean isTail(byte[] bytes, int at, int to) {
    return at < to && isTail(bytes[at] & 0xFF);
  }

  private static boolean isTail(int octet) {
    return octet >= 0x80 && octet <= 0xBF;
  }

  /// {@return the UTF-16 unit with which the character at a place of valid UTF-8 begins}
  static char unit(byte[] bytes, int at) {
    int lead = bytes[at] & 0xFF;
    if (lead < 0x80) {
      return (char) lead;
    }
    if (lead < 0xE0) {
      return (char) ((lead & 0x1F) << 6 | (bytes[at + 1] & 0x3F));
    }
    int upper = (bytes[at + 1] & 0x3F) << 6 | (bytes[at + 2] & 0x3F);
    return lead < 0xF0
        ? (char) ((lead & 0x0F) << 12 | upper)
        : Character.highSurrogate((lead & 0x07) << 18 | upper << 6 | (bytes[at + 3] & 0x3F));
  }

  /// {@return how many UTF-16 units the byte of valid UTF-8 stands for: those of its character when it is the first, else
  /// 0}
  static int units(byte octet) {
    int unsigned = octet & 0xFF;
    if (isTail(unsigned)) {
      return 0;
    }
    return unsigned >= 0xF0 ? 2 : 1;
  }
}
