package dev.tenet.benchmark.report;

import java.util.Locale;
import java.util.OptionalDouble;

/// What a ratio should be, and what it is.
///
/// @param metric the ratio in words
/// @param value what it is, or empty when it was not measured
/// @param bound on which side of the limit it should be
public record Target(String metric, OptionalDouble value, Bound bound, double limit) {

  /// On which side of a limit a ratio should be.
  public enum Bound {
    AT_LEAST(">="),
    AT_MOST("<=");

    private final String sign;

    Bound(String sign) {
      this.sign = sign;
    }
  }

  /// {@return the target as it is written, such as `>= 100`}
  public String text() {
    return bound.sign + " " + number(limit);
  }

  /// {@return whether it is so; false when it was not measured}
  public boolean met() {
    return value.isPresent()
        && switch (bound) {
          case AT_LEAST -> value.getAsDouble() >= limit;
          case AT_MOST -> value.getAsDouble() <= limit;
        };
  }

  /// {@return the number with three digits or all before the point, such as `0.752`, `12.3` or `5,120`}
  public static String number(double value) {
    double size = Math.abs(value);
    if (size >= 100 || value == Math.rint(value)) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    String digits = size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3g";
    return String.format(Locale.ROOT, digits, value);
  }
}
