package dev.tenet.cel;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// Regular expressions: compiled once, bounded in size, and matched in linear time by RE2.
final class Regexes {

  private static final int LONGEST_PATTERN = 2_000;
  private static final int LARGEST_PROGRAM = 10_000;
  private static final int CACHED = 1_000;
  private static final int PATTERN_UNITS_PER_CHARACTER = 2;

  private static final Cache<String, Pattern> PATTERNS =
      Caffeine.newBuilder().maximumSize(CACHED).build();

  private Regexes() {}

  /// {@return the compiled pattern}
  ///
  /// @throws EvaluationFault `invalid_argument` when it is malformed or too large
  static Pattern compile(String pattern, Meter meter) {
    Pattern known = PATTERNS.getIfPresent(pattern);
    if (known != null) {
      return known;
    }
    meter.charge((long) PATTERN_UNITS_PER_CHARACTER * pattern.length());
    if (pattern.length() > LONGEST_PATTERN || expandedSize(pattern) > LARGEST_PROGRAM) {
      throw tooLarge();
    }
    try {
      Pattern compiled = Pattern.compile(pattern);
      if (compiled.programSize() > LARGEST_PROGRAM) {
        throw tooLarge();
      }
      PATTERNS.put(pattern, compiled);
      return compiled;
    } catch (PatternSyntaxException malformed) {
      throw EvaluationFault.of(
          "invalid_argument",
          "The regular expression is malformed: %s.".formatted(malformed.getDescription()));
    } catch (StackOverflowError tooDeep) {
      throw tooLarge();
    }
  }

  /// {@return the pattern, if it was compiled lately}
  static Optional<Pattern> known(String pattern) {
    return Optional.ofNullable(PATTERNS.getIfPresent(pattern));
  }

  private static EvaluationFault tooLarge() {
    return EvaluationFault.of("invalid_argument", "The regular expression is too large.");
  }

  /// {@return a bound of the size after counted repetitions such as `(a{9}){9}` are written out}
  private static long expandedSize(String pattern) {
    Deque<Long> outer = new ArrayDeque<>();
    long sum = 0;
    long last = 0;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      int close = c == '{' ? pattern.indexOf('}', i) : -1;
      if (c == '(') {
        outer.push(sum);
        sum = 0;
        last = 0;
      } else if (c == ')' && !outer.isEmpty()) {
        last = sum + 1;
        sum = bounded(outer.pop() + last);
      } else if (close > 0) {
        long times = Math.max(1, largest(pattern, i, close));
        sum = bounded(sum + last * (times - 1));
        last = bounded(last * times);
        i = close;
      } else {
        i += c == '\\' ? 1 : 0;
        last = 1;
        sum = bounded(sum + 1);
      }
    }
    while (!outer.isEmpty()) {
      sum = bounded(sum + outer.pop());
    }
    return sum;
  }

  private static long bounded(long size) {
    return Math.min(size, LARGEST_PROGRAM + 1L);
  }

  private static long largest(String pattern, int start, int end) {
    long largest = 0;
    long number = 0;
    for (int i = start + 1; i < end; i++) {
      char c = pattern.charAt(i);
      if (c >= '0' && c <= '9') {
        number = Math.min(LARGEST_PROGRAM + 1L, number * 10 + (c - '0'));
        largest = Math.max(largest, number);
      } else {
        number = 0;
      }
    }
    return largest;
  }
}
