package dev.tenet.bootstrap.logging;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/// An exception as Java prints it, what it says made harmless.
final class StackTrace {

  private static final int MOST_FRAMES = 200;

  private final StringBuilder out;
  private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private StackTrace(StringBuilder out) {
    this.out = out;
  }

  /// Appends the exception with its causes, a line for each frame.
  static void append(StringBuilder out, Throwable thrown) {
    new StackTrace(out).append("", "", thrown);
  }

  private void append(String indent, String caption, Throwable thrown) {
    out.append(indent).append(caption);
    LogText.append(out, String.valueOf(thrown));
    out.append('\n');
    if (!seen.add(thrown)) {
      return;
    }
    StackTraceElement[] frames = thrown.getStackTrace();
    for (int i = 0; i < frames.length && i < MOST_FRAMES; i++) {
      out.append(indent).append("\tat ").append(frames[i]).append('\n');
    }
    for (Throwable suppressed : thrown.getSuppressed()) {
      append(indent + "\t", "Suppressed: ", suppressed);
    }
    if (thrown.getCause() != null) {
      append(indent, "Caused by: ", thrown.getCause());
    }
  }
}
