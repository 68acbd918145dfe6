package dev.tenet.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.ast.CelExpr;
import dev.tenet.domain.diagnostic.Location;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The text of an expression, and the places in it.
///
/// @param part which expression it is: `expression`, or `then.NAME`
record SourceText(String text, String part) {

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s+|//[^\\n]*"
              + "|[a-zA-Z_][a-zA-Z0-9_]*"
              + "|[0-9]+(?:\\.[0-9]+)?[uU]?"
              + "|\"(?:[^\"\\\\\\n]|\\\\.)*+\"?|'(?:[^'\\\\\\n]|\\\\.)*+'?"
              + "|&&|\\|\\||[=!<>]=",
          Pattern.DOTALL);

  /// {@return the offset in UTF-16 code units of a place that counts code points from the start}
  int offsetOfCodePoint(int codePoint) {
    int known = Math.min(Math.max(0, codePoint), text.codePointCount(0, text.length()));
    return text.offsetByCodePoints(0, known);
  }

  /// {@return the offset of a line and column that count code points}
  int offset(CelSourceLocation location) {
    int start = 0;
    for (int line = 1; line < location.getLine(); line++) {
      int end = text.indexOf('\n', start);
      if (end < 0) {
        break;
      }
      start = end + 1;
    }
    int available = text.codePointCount(start, text.length());
    return text.offsetByCodePoints(start, Math.min(Math.max(0, location.getColumn()), available));
  }

  /// {@return the span of the token at the offset}
  Location.Span token(int offset) {
    return span(offset, tokenEnd(offset));
  }

  /// {@return the span of what an expression of the syntax tree is known by: its token, its field, or its function}
  Location.Span place(CelAbstractSyntaxTree ast, CelExpr expr) {
    Integer position = ast.getSource().getPositionsMap().get(expr.id());
    return position == null ? whole() : name(offsetOfCodePoint(position));
  }

  /// {@return the span of the name that a selection or call at the offset speaks of: the field behind a dot, or the
  /// function before a parenthesis}
  Location.Span name(int offset) {
    if (offset < text.length() && text.charAt(offset) == '.') {
      int start = skipBlanks(offset + 1);
      return token(
          start < text.length() && text.charAt(start) == '?' ? skipBlanks(start + 1) : start);
    }
    if (offset < text.length() && text.charAt(offset) == '(') {
      int end = offset;
      while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
        end--;
      }
      int start = end;
      while (start > 0 && Character.isJavaIdentifierPart(text.charAt(start - 1))) {
        start--;
      }
      return start < end ? span(start, end) : token(offset);
    }
    return token(offset);
  }

  /// {@return the first span of the word from the offset on, or the token at the offset}
  Location.Span word(String word, int from) {
    int start = text.indexOf(word, from);
    return start < 0 ? token(from) : span(start, start + word.length());
  }

  String textOf(Location.Span span) {
    return text.substring(span.offset(), span.offset() + span.length());
  }

  Location.Span whole() {
    return span(0, text.length());
  }

  /// {@return the span from one offset to another}
  Location.Span span(int start, int end) {
    int from = Math.min(start, text.length());
    int line = 1 + (int) text.substring(0, from).chars().filter(c -> c == '\n').count();
    int column = from - (text.lastIndexOf('\n', from - 1) + 1) + 1;
    return new Location.Span(part, from, Math.max(0, end - from), line, column);
  }

  private int skipBlanks(int offset) {
    int next = offset;
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    return next;
  }

  private int tokenEnd(int offset) {
    if (offset >= text.length()) {
      return text.length();
    }
    Matcher matcher = TOKEN.matcher(text).region(offset, text.length());
    return matcher.lookingAt()
        ? matcher.end()
        : offset + Character.charCount(text.codePointAt(offset));
  }

  /// {@return the identifiers in the text; some may stand in strings or comments}
  List<String> identifiers() {
    return IDENTIFIER.matcher(text).results().map(match -> match.group()).distinct().toList();
  }

  private static final Pattern IDENTIFIER = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
}
