package dev.tenet.http.json;

import org.jspecify.annotations.Nullable;

/// UTF-8 by the table of RFC 3629, section 4, a row a line.
final class ReferenceUtf8 {

  private ReferenceUtf8() {}

  /// {@return the text, or null when the bytes are no UTF-8}
  static @Nullable String decode(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    int i = 0;
    while (i < bytes.length) {
      int lead = bytes[i] & 0xFF;
      int second = at(bytes, i + 1);
      int length;
      if (lead <= 0x7F) {
        length = 1;
      } else if (lead >= 0xC2 && lead <= 0xDF && isTail(second)) {
        length = 2;
      } else if ((lead == 0xE0 && second >= 0xA0 && second <= 0xBF)
          || (lead >= 0xE1 && lead <= 0xEC && isTail(second))
          || (lead == 0xED && second >= 0x80 && second <= 0x9F)
          || (lead >= 0xEE && lead <= 0xEF && isTail(second))) {
        length = 3;
      } else if ((lead == 0xF0 && second >= 0x90 && second <= 0xBF)
          || (lead >= 0xF1 && lead <= 0xF3 && isTail(second))
          || (lead == 0xF4 && second >= 0x80 && second <= 0x8F)) {
        length = 4;
      } else {
        return null;
      }
      int point = length == 1 ? lead : lead & (0x7F >> length);
      for (int tail = 1; tail < length; tail++) {
        int next = at(bytes, i + tail);
        if (!isTail(next)) {
          return null;
        }
        point = point << 6 | (next & 0x3F);
      }
      text.appendCodePoint(point);
      i += length;
    }
    return text.toString();
  }

  private static int at(byte[] bytes, int index) {
    return index < bytes.length ? bytes[index] & 0xFF : -1;
  }

  private static boolean isTail(int octet) {
    return octet >= 0x80 && octet <= 0xBF;
  }
}
