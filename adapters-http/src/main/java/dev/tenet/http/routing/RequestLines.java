package dev.tenet.http.routing;

import dev.tenet.http.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// The lines of a body, read one at a time.
public final class RequestLines {

  private final InputStream in;
  private final int longest;
  private final byte[] piece = new byte[RequestBody.PIECE];
  private int at;
  private int end;

  RequestLines(InputStream in, int longest) {
    this.in = in;
    this.longest = longest;
  }

  /// {@return the next line that is not blank, without its end; null at the end of the body}
  ///
  /// @throws ProblemException when it is too long
  public byte @Nullable [] next() throws IOException {
    while (true) {
      byte[] line = read();
      if (line == null || !isBlank(line)) {
        return line;
      }
    }
  }

  private byte @Nullable [] read() throws IOException {
    var line = new ByteArrayOutputStream();
    while (true) {
      if (at == end) {
        end = Math.max(0, RequestBody.read(in, piece));
        at = 0;
        if (end == 0) {
          return line.size() == 0 ? null : line.toByteArray();
        }
      }
      int newline = indexOfNewline();
      line.write(piece, at, newline - at);
      if (line.size() > longest) {
        throw RequestBody.tooLarge(longest, "facts_too_large");
      }
      at = newline;
      if (at < end) {
        at++;
        return line.toByteArray();
      }
    }
  }

  private int indexOfNewline() {
    for (int i = at; i < end; i++) {
      if (piece[i] == '\n') {
        return i;
      }
    }
    return end;
  }

  private static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }
}
