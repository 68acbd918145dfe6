package dev.tenet.postgres;

/// Text as PostgreSQL can hold it. It knows neither the character U+0000 nor halves of surrogate pairs, and people's
/// texts may have both: they are written as U+241B and four hexadecimal digits, and U+241B itself twice.
final class StorableText {

  private static final char ESCAPE = '\u241B';
  private static final int DIGITS = 4;

  private StorableText() {}

  /// {@return the text as it is stored; mostly the text itself}
  static String store(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || c == ESCAPE || Character.isSurrogate(c)) {
        return escape(text);
      }
    }
    return text;
  }

  private static String escape(String text) {
    var stored = new StringBuilder(text.length() + DIGITS);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ESCAPE) {
        stored.append(ESCAPE).append(ESCAPE);
      } else if (c == 0 || (Character.isSurrogate(c) && !isPair(text, i))) {
        stored.append(ESCAPE).append("%04x".formatted((int) c));
      } else if (Character.isSurrogate(c)) {
        stored.append(c).append(text.charAt(++i));
      } else {
        stored.append(c);
      }
    }
    return stored.toString();
  }

  private static boolean isPair(String text, int at) {
    return at + 1 < text.length()
        && Character.isSurrogatePair(text.charAt(at), text.charAt(at + 1));
  }

  /// {@return the text that was stored so}
  static String load(String stored) {
    if (stored.indexOf(ESCAPE) < 0) {
      return stored;
    }
    var text = new StringBuilder(stored.length());
    for (int i = 0; i < stored.length(); i++) {
      char c = stored.charAt(i);
      if (c != ESCAPE) {
        text.append(c);
      } else if (stored.charAt(i + 1) == ESCAPE) {
        text.append(ESCAPE);
        i++;
      } else {
        text.append((char) Integer.parseInt(stored, i + 1, i + 1 + DIGITS, 16));
        i += DIGITS;
      }
    }
    return text.toString();
  }
}
