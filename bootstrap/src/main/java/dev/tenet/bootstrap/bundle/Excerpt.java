package dev.tenet.bootstrap.bundle;

import dev.tenet.domain.diagnostic.Location.Span;
import dev.tenet.domain.expression.Expression;
import java.util.List;

/// Shows a fault within its expression.
final class Excerpt {

  private static final int WIDEST = 100;
  private static final int BEFORE = 60;

  private Excerpt() {}

  /// {@return the line of the expression that has the fault, and carets below the faulty part}
  static List<String> of(Expression expression, Span span) {
    String text = expression.text();
    int offset = Math.clamp(span.offset(), 0, text.length());
    int start = offset == 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
    int end = text.indexOf('\n', offset) < 0 ? text.length() : text.indexOf('\n', offset);
    boolean cutBefore = offset - start > BEFORE;
    int from = cutBefore ? offset - BEFORE : start;
    int to = Math.min(end, from + WIDEST);
    String shown =
        (cutBefore ? "…" : "")
            + text.substring(from, to).replace('\t', ' ')
            + (to < end ? "…" : "");
    int indent = text.codePointCount(from, offset) + (cutBefore ? 1 : 0);
    int last = Math.clamp((long) offset + span.length(), offset, to);
    int width = Math.max(1, text.codePointCount(offset, last));
    return List.of(shown, " ".repeat(indent) + "^".repeat(width));
  }
}
