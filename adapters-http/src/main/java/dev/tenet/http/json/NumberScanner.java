package dev.tenet.http.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/// Reads numbers as RFC 8259, section 6, spells them; one instance reads one after the other.
final class NumberScanner {

  /// A long holds every number of so many digits.
  private static final int SAFE_DIGITS = 18;

  /// An unsigned long holds every number of so many digits.
  private static final int LONG_DIGITS = 19;

  /// Every number of so many digits before its point is finite.
  private static final int SURELY_FINITE_DIGITS = 308;

  private static final long EXACT_INTEGERS = 1L << 53;
  private static final int BEYOND_ANY_EXPONENT = 100_000;

  /// The powers of ten that a double holds exactly. One multiplication or division of two exact doubles rounds once, and so
  /// as IEEE 754 wants the whole to be rounded (Clinger, How to read floating point numbers accurately, 1990).
  private static final double[] POWERS_OF_TEN = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private final byte[] document;
  private final int end;
  private int from;
  private int to;
  private boolean negative;
  private boolean whole;
  private int mantissaDigits;
  private int exponentDigits;
  private int power;
  private long mantissa;

  /// @param end before which the document ends
  NumberScanner(byte[] document, int end) {
    this.document = document;
    this.end = end;
  }

  /// Reads the number that begins at a place.
  ///
  /// @return where it ends; or the complement of where a digit is missing, or is one too many
  int scan(int start) {
    from = start;
    negative = is('-', start);
    mantissa = 0;
    exponentDigits = 0;
    power = 0;
    int first = negative ? start + 1 : start;
    int at = digits(first);
    mantissaDigits = at - first;
    if (mantissaDigits == 0) {
      return ~at;
    }
    if (mantissaDigits > 1 && document[first] == '0') {
      return ~(first + 1);
    }
    whole = true;
    if (is('.', at)) {
      int point = at + 1;
      at = digits(point);
      if (at == point) {
        return ~at;
      }
      whole = false;
      mantissaDigits += at - point;
      power = point - at;
    }
    if (is('e', at) || is('E', at)) {
      at = exponent(at + 1);
    }
    to = at;
    return at;
  }

  private int digits(int start) {
    int at = start;
    while (at < end && document[at] >= '0' && document[at] <= '9') {
      mantissa = 10 * mantissa + (document[at] - '0');
      at++;
    }
    return at;
  }

  private int exponent(int start) {
    whole = false;
    boolean down = is('-', start);
    int first = down || is('+', start) ? start + 1 : start;
    int at = first;
    int exponent = 0;
    while (at < end && document[at] >= '0' && document[at] <= '9') {
      exponent = Math.min(BEYOND_ANY_EXPONENT, 10 * exponent + (document[at] - '0'));
      at++;
    }
    exponentDigits = at - first;
    power += down ? -exponent : exponent;
    return exponentDigits == 0 ? ~at : at;
  }

  private boolean is(char expected, int at) {
    return at < end && document[at] == expected;
  }

  /// {@return how many digits it has in all}
  int digits() {
    return mantissaDigits + exponentDigits;
  }

  /// {@return whether it has neither fraction nor exponent and fits into 64 bits}
  boolean isInteger() {
    if (!whole || mantissaDigits > LONG_DIGITS) {
      return false;
    }
    return mantissa >= 0 || (negative && mantissa == Long.MIN_VALUE);
  }

  /// {@return its value when it is an integer}
  long integer() {
    return negative ? -mantissa : mantissa;
  }

  /// {@return whether a double is next to it; one of so few digits needs no closer look}
  boolean isFinite() {
    return mantissaDigits + Math.max(0, power) <= SURELY_FINITE_DIGITS
        || !Double.isInfinite(real());
  }

  /// {@return the double next to it, infinite when it is beyond all of them}
  double real() {
    if (mantissaDigits <= SAFE_DIGITS
        && mantissa <= EXACT_INTEGERS
        && Math.abs(power) < POWERS_OF_TEN.length) {
      double exact = mantissa;
      double value = power < 0 ? exact / POWERS_OF_TEN[-power] : exact * POWERS_OF_TEN[power];
      return negative ? -value : value;
    }
    return Double.parseDouble(new String(document, from, to - from, ISO_8859_1));
  }
}
