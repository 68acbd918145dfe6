package dev.tenet.bootstrap.logging;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/// Decides which of many errors of one kind are logged: the first ten in a minute, and after these each N-th. What is
/// rare is never left out, and what comes a thousand times a second does not fill the disk.
final class ErrorSampling {

  private static final int WHOLE = 10;
  private static final long WINDOW = Duration.ofMinutes(1).toNanos();
  private static final int MOST_KINDS = 1_000;
  private static final String OTHERS = "";

  /// One kind of error. Guarded by itself.
  private static final class Kind {
    private long began;
    private long seen;
    private long leftOut;
  }

  private final Map<String, Kind> kinds = new ConcurrentHashMap<>();
  private final LongSupplier clock;
  private volatile int rate;

  /// @param rate N; 1 logs everything
  /// @param clock nanoseconds since whenever
  ErrorSampling(int rate, LongSupplier clock) {
    this.rate = rate;
    this.clock = clock;
  }

  int rate() {
    return rate;
  }

  void rate(int next) {
    rate = next;
  }

  /// {@return how many of this kind were left out since the last that was logged, or -1 when this one is left out, too}
  long admit(String kind) {
    int every = rate;
    if (every == 1) {
      return 0;
    }
    long now = clock.getAsLong();
    Kind counted = kind(kind, now);
    synchronized (counted) {
      if (now - counted.began >= WINDOW) {
        counted.began = now;
        counted.seen = 0;
      }
      counted.seen++;
      if (counted.seen > WHOLE && (counted.seen - WHOLE) % every != 0) {
        counted.leftOut++;
        return -1;
      }
      long leftOut = counted.leftOut;
      counted.leftOut = 0;
      return leftOut;
    }
  }

  /// Kinds that nobody has seen for a while make room; when all are recent, new ones count as one.
  private Kind kind(String name, long now) {
    Kind known = kinds.get(name);
    if (known != null) {
      return known;
    }
    if (kinds.size() >= MOST_KINDS) {
      kinds.values().removeIf(kind -> isOver(kind, now));
    }
    return kinds.computeIfAbsent(
        kinds.size() >= MOST_KINDS ? OTHERS : name,
        ignored -> {
          var kind = new Kind();
          kind.began = now;
          return kind;
        });
  }

  private static boolean isOver(Kind kind, long now) {
    synchronized (kind) {
      return now - kind.began >= WINDOW;
    }
  }

  /// {@return what messages that differ in numbers and ids have in common}
  static String kindOf(String message) {
    int length = Math.min(message.length(), 200);
    var kind = new StringBuilder(length);
    int word = 0;
    boolean digit = false;
    for (int i = 0; i <= length; i++) {
      char c = i < length ? message.charAt(i) : ' ';
      boolean inWord = Character.isLetterOrDigit(c) || c == '-' || c == '_';
      if (inWord) {
        digit |= Character.isDigit(c);
      } else {
        if (digit) {
          kind.setLength(word);
          kind.append('#');
        }
        digit = false;
      }
      if (i < length) {
        kind.append(c);
      }
      if (!inWord) {
        word = kind.length();
      }
    }
    return kind.toString();
  }
}
