package dev.tenet.cel;

import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Quoted;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds escapes in texts that CEL does not know, which its parser reports as a text without an end.
final class Escapes {

  /// How the fault of an escape begins.
  static final String MALFORMED = "The escape ";

  private static final Pattern PREFIX = Pattern.compile("[bBrR]{0,2}");
  private static final Pattern KNOWN =
      Pattern.compile(
          "\\\\(?:[abfnrtv\\\\'\"`?]|[xX][0-9a-fA-F]{2}|[0-3][0-7]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8})");
  private static final Pattern WRITTEN =
      Pattern.compile(
          "\\\\(?:[xX][0-9a-zA-Z]{0,2}|[0-9]{1,3}|u[0-9a-zA-Z]{0,4}|U[0-9a-zA-Z]{0,8}|.)",
          Pattern.DOTALL);

  private Escapes() {}

  /// {@return the fault of the first bad escape of the text at the offset, if it has one}
  static Optional<Diagnostic> fault(SourceText source, int offset) {
    String text = source.text();
    Matcher prefix = PREFIX.matcher(text).region(offset, text.length());
    int open = prefix.lookingAt() ? prefix.end() : offset;
    boolean bytes = text.substring(Math.max(0, offset - 1), open).matches("(?i).*b.*");
    if (open >= text.length() || (text.charAt(open) != '"' && text.charAt(open) != '\'')) {
      return Optional.empty();
    }
    char quote = text.charAt(open);
    for (int i = open + 1; i < text.length() && text.charAt(i) != quote; i++) {
      if (text.charAt(i) != '\\') {
        continue;
      }
      Matcher known = KNOWN.matcher(text).region(i, text.length());
      if (!known.lookingAt() || !valid(known.group(), bytes)) {
        return escape(source, i);
      }
      i = known.end() - 1;
    }
    return Optional.empty();
  }

  private static boolean valid(String escape, boolean bytes) {
    if (escape.charAt(1) != 'u' && escape.charAt(1) != 'U') {
      return true;
    }
    long codePoint = Long.parseLong(escape.substring(2), 16);
    return !bytes
        && codePoint <= Character.MAX_CODE_POINT
        && (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE);
  }

  private static Optional<Diagnostic> escape(SourceText source, int offset) {
    Matcher written = WRITTEN.matcher(source.text()).region(offset, source.text().length());
    if (!written.lookingAt()) {
      return Optional.empty();
    }
    return Optional.of(
        Diagnostic.error(
            "syntax_error",
            source.span(offset, written.end()),
            MALFORMED
                + "%s is none of CEL's, such as \\n, \\t, \\\\, \\', \\x41 and \\u0041; a backslash is written \\\\, or a text without escapes r'...'."
                    .formatted(Quoted.text(written.group()))));
  }
}
