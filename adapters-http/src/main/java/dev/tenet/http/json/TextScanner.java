package dev.tenet.http.json;

import static java.nio.charset.StandardCharsets.UTF_8;

/// Reads strings as RFC 8259, section 7, spells them, in a document in valid UTF-8; one instance reads one after the other.
final class TextScanner {

  private static final int HEX_DIGITS = 4;
  private static final int HEX = 16;

  private final byte[] document;
  private final int end;
  private boolean escaped;
  private boolean halfPair;

  /// @param end before which the document ends
  TextScanner(byte[] document, int end) {
    this.document = document;
    this.end = end;
  }

  /// Reads a string up to its end.
  ///
  /// @param start behind its first quotation mark
  /// @return behind its last one; or the complement of what cannot stand in a string, or of the end of the document
  int scan(int start) {
    escaped = false;
    halfPair = false;
    int at = start;
    while (at < end) {
      byte octet = document[at];
      if (octet == '"') {
        return at + 1;
      }
      if (octet == '\\') {
        escaped = true;
        at = escape(at + 1);
        if (at < 0) {
          return at;
        }
      } else if (octet >= 0 && octet < ' ') {
        return ~at;
      } else {
        at++;
      }
    }
    return ~at;
  }

  /// {@return behind the escape, or the complement of where it is none}
  private int escape(int at) {
    if (at == end) {
      return ~at;
    }
    if (document[at] != 'u') {
      return simple(document[at]) < 0 ? ~at : at + 1;
    }
    int unit = unit(at);
    if (unit < 0) {
      return ~at;
    }
    int behind = at + 1 + HEX_DIGITS;
    if (!isSurrogate(unit)) {
      return behind;
    }
    boolean pair =
        Character.isHighSurrogate((char) unit)
            && behind + 1 < end
            && document[behind] == '\\'
            && document[behind + 1] == 'u'
            && Character.isLowSurrogate((char) unit(behind + 1));
    halfPair |= !pair;
    return pair ? behind + 2 + HEX_DIGITS : behind;
  }

  private static boolean isSurrogate(int unit) {
    return Character.isSurrogate((char) unit);
  }

  /// {@return what the character stands for behind a backslash, or -1 for nothing}
  private static int simple(byte character) {
    return switch (character) {
      case '"', '\\', '/' -> character;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> -1;
    };
  }

  /// {@return the UTF-16 unit that the four digits behind `u` spell, or -1 when these are none}
  private int unit(int u) {
    if (end - u <= HEX_DIGITS) {
      return -1;
    }
    int unit = 0;
    for (int at = u + 1; at <= u + HEX_DIGITS; at++) {
      int digit = document[at] < 0 ? -1 : Character.digit((char) document[at], HEX);
      if (digit < 0) {
        return -1;
      }
      unit = HEX * unit + digit;
    }
    return unit;
  }

  /// {@return whether the string that was read has escapes}
  boolean isEscaped() {
    return escaped;
  }

  /// {@return whether half a surrogate pair was escaped in the string that was read}
  boolean hasHalfPair() {
    return halfPair;
  }

  /// {@return a string that was found good before}
  ///
  /// @param start behind its first quotation mark
  String textAt(int start) {
    int behind = scan(start);
    return text(start, behind - 1, escaped);
  }

  /// {@return a string that was read and found good, without its quotation marks}
  String text(int from, int to, boolean withEscapes) {
    if (!withEscapes) {
      return new String(document, from, to - from, UTF_8);
    }
    StringBuilder text = new StringBuilder(to - from);
    int plain = from;
    int at = from;
    while (at < to) {
      if (document[at] != '\\') {
        at++;
        continue;
      }
      text.append(new String(document, plain, at - plain, UTF_8));
      at++;
      if (document[at] == 'u') {
        text.append((char) unit(at));
        at += 1 + HEX_DIGITS;
      } else {
        text.append((char) simple(document[at]));
        at++;
      }
      plain = at;
    }
    return text.append(new String(document, plain, to - plain, UTF_8)).toString();
  }
}
