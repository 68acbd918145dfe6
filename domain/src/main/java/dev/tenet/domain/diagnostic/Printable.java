package dev.tenet.domain.diagnostic;

/// Which characters may stand in what people read: those that can be seen, and spaces. Not those that end a line, move the
/// cursor of a terminal, turn the reading direction around or have no width, and no halves of characters.
public final class Printable {

  private Printable() {}

  /// {@return whether the character may be shown as it is}
  public static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /// {@return whether all of the text may be shown as it is}
  public static boolean isPrintable(String text) {
    return text.codePoints().allMatch(Printable::isPrintable);
  }

  /// {@return whether the text is empty or white space, as Unicode has it: also spaces that do not break}
  public static boolean isBlank(String text) {
    return text.codePoints().allMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c));
  }

  /// {@return the text with escapes such as `\u202e` for what may not be shown as it is}
  public static String escaped(String text) {
    if (isPrintable(text)) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> append(escaped, c));
    return escaped.toString();
  }

  static void append(StringBuilder text, int codePoint) {
    if (isPrintable(codePoint)) {
      text.appendCodePoint(codePoint);
    } else {
      text.append("\\u%04x".formatted(codePoint));
    }
  }
}
