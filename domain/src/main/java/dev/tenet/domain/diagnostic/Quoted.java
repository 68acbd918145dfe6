package dev.tenet.domain.diagnostic;

/// Repeats what somebody wrote inside a message, safely.
public final class Quoted {

  private static final int LONGEST = 60;

  private Quoted() {}

  /// {@return the text in double quotes, control characters and lone surrogates escaped, cut after 60 characters}
  public static String text(String text) {
    StringBuilder quoted = new StringBuilder(Math.min(text.length(), LONGEST) + 8).append('"');
    int end = text.offsetByCodePoints(0, Math.min(LONGEST, text.codePointCount(0, text.length())));
    text.substring(0, end).codePoints().forEach(c -> append(quoted, c));
    return quoted.append(end < text.length() ? "…\"" : "\"").toString();
  }

  private static void append(StringBuilder quoted, int codePoint) {
    int type = Character.getType(codePoint);
    boolean unprintable =
        Character.isISOControl(codePoint)
            || type == Character.SURROGATE
            || type == Character.FORMAT
            || type == Character.LINE_SEPARATOR
            || type == Character.PARAGRAPH_SEPARATOR;
    if (unprintable) {
      quoted.append("\\u%04x".formatted(codePoint));
    } else {
      quoted.appendCodePoint(codePoint);
    }
  }
}
