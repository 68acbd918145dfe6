package dev.tenet.http.routing;

import dev.tenet.http.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The lines of a body, read one at a time.
public final class RequestLines {

  private final InputStream in;
  private final int longest;
  private final Duration patience;
  private final byte[] piece = new byte[RequestBody.PIECE];
  private long number;
  private int at;
  private int end;

  /// @param patience how long a line may take to arrive
  RequestLines(InputStream in, int longest, Duration patience) {
    this.in = in;
    this.longest = longest;
    this.patience = patience;
  }

  /// {@return the next line that is not blank, without its end; null at the end of the body}
  ///
  /// @throws LineTooLong when it is too long; then the one after it is next
  /// @throws ProblemException when it takes too long to arrive
  public byte @Nullable [] next() throws LineTooLong {
    while (true) {
      byte[] line = read();
      if (line == null || !isBlank(line)) {
        return line;
      }
    }
  }

  /// {@return whether a further line that is not blank has arrived, so that it can be had without waiting}
  public boolean isReady() {
    boolean blank = true;
    for (int i = at; i < end; i++) {
      if (piece[i] == '\n' && !blank) {
        return true;
      }
      blank &= isBlank(piece[i]) || piece[i] == '\n';
    }
    return false;
  }

  /// {@return the number of the line that came last, from 1; blank lines count}
  public long number() {
    return number;
  }

  private byte @Nullable [] read() throws LineTooLong {
    number++;
    long deadline = System.nanoTime() + patience.toNanos();
    var line = new ByteArrayOutputStream();
    boolean tooLong = false;
    while (true) {
      if (at == end) {
        if (System.nanoTime() - deadline > 0) {
          throw RequestBody.tooSlow();
        }
        end = Math.max(0, RequestBody.read(in, piece));
        at = 0;
        if (end == 0) {
          return whole(line, tooLong, null);
        }
      }
      int newline = indexOfNewline();
      tooLong |= line.size() + newline - at > longest;
      if (!tooLong) {
        line.write(piece, at, newline - at);
      }
      at = newline;
      if (at < end) {
        at++;
        return whole(line, tooLong, new byte[0]);
      }
    }
  }

  private static byte @Nullable [] whole(
      ByteArrayOutputStream line, boolean tooLong, byte @Nullable [] whenEmpty) throws LineTooLong {
    if (tooLong) {
      throw new LineTooLong();
    }
    return line.size() == 0 ? whenEmpty : line.toByteArray();
  }

  /// A line is longer than it may be.
  public static final class LineTooLong extends Exception {
    private LineTooLong() {
      super("", null, false, false);
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
      if (!isBlank(b)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r';
  }
}
