package dev.tenet.bootstrap.logging;

import dev.tenet.domain.diagnostic.Printable;

/// Makes text that may come from anybody harmless in a line: nothing in it ends the line, moves the cursor of a terminal,
/// or turns the reading direction around.
final class LogText {

  private static final char DELETE = 0x7f;
  private static final long NANOS_IN_A_MICROSECOND = 1_000;
  private static final long MICROS_IN_A_MILLISECOND = 1_000;

  private LogText() {}

  /// Appends the text, what is not to be printed as an escape of Java such as `\n` or `\u001b`.
  static void append(StringBuilder line, CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isPlain(c) || startsPair(text, i) || endsPair(text, i)) {
        line.append(c);
      } else {
        escape(line, c);
      }
    }
  }

  /// Appends the text as a JSON string in double quotes, with the same escapes. Nearly all text is plain and goes over as it is.
  static void appendJson(StringBuilder line, CharSequence text) {
    line.append('"');
    int plain = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean quoted = c == '"' || c == '\\';
      if (quoted || !(isPlain(c) || startsPair(text, i) || endsPair(text, i))) {
        line.append(text, plain, i);
        plain = i + 1;
        if (quoted) {
          line.append('\\').append(c);
        } else {
          escape(line, c);
        }
      }
    }
    line.append(text, plain, text.length()).append('"');
  }

  /// Appends nanoseconds as milliseconds with three digits behind the point.
  static void appendMilliseconds(StringBuilder line, long nanos) {
    long micros = nanos / NANOS_IN_A_MICROSECOND;
    long rest = micros % MICROS_IN_A_MILLISECOND;
    line.append(micros / MICROS_IN_A_MILLISECOND).append('.');
    line.append((char) ('0' + rest / 100))
        .append((char) ('0' + rest / 10 % 10))
        .append((char) ('0' + rest % 10));
  }

  private static boolean isPlain(char c) {
    return c < DELETE ? c >= ' ' : c > DELETE && Printable.isPrintable(c);
  }

  private static boolean startsPair(CharSequence text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        && i + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(i + 1));
  }

  private static boolean endsPair(CharSequence text, int i) {
    return i > 0 && startsPair(text, i - 1);
  }

  private static void escape(StringBuilder line, char c) {
    switch (c) {
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      case '\t' -> line.append("\\t");
      default ->
          line.append("\\u")
              .append(Character.forDigit(c >> 12, 16))
              .append(Character.forDigit(c >> 8 & 0xf, 16))
              .append(Character.forDigit(c >> 4 & 0xf, 16))
              .append(Character.forDigit(c & 0xf, 16));
    }
  }
}
