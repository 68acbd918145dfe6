package dev.tenet.domain.diagnostic;

/// Repeats what somebody wrote inside a message, safely.
public final class Quoted {

  private static final int LONGEST = 60;

  private Quoted() {}

  /// {@return the text in double quotes, what may not be shown as it is escaped, cut after 60 characters}
  public static String text(String text) {
    StringBuilder quoted = new StringBuilder(Math.min(text.length(), LONGEST) + 8).append('"');
    int end = text.offsetByCodePoints(0, Math.min(LONGEST, text.codePointCount(0, text.length())));
    text.substring(0, end).codePoints().forEach(c -> Printable.append(quoted, c));
    return quoted.append(end < text.length() ? "…\"" : "\"").toString();
  }
}
