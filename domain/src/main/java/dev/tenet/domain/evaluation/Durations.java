package dev.tenet.domain.evaluation;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as CEL writes them: numbers with a unit, such as `1h30m`, `-2.5s` or `250ms`.
public final class Durations {

  /// The longest duration of CEL and protobuf, about 10,000 years, in seconds.
  public static final long LONGEST_SECONDS = 315_576_000_000L;

  private static final int LONGEST_TEXT = 64;
  private static final Pattern PART =
      Pattern.compile("([0-9]{1,18})(?:\\.([0-9]{1,18}))?(ns|us|µs|ms|s|m|h)");
  private static final BigDecimal NANOS_PER_SECOND = BigDecimal.valueOf(1_000_000_000);
  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "µs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  private Durations() {}

  /// {@return the duration that the text spells, or empty; fractions of a nanosecond are cut off}
  public static Optional<Duration> parse(String text) {
    if (text.length() > LONGEST_TEXT) {
      return Optional.empty();
    }
    boolean negative = text.startsWith("-");
    String rest = negative || text.startsWith("+") ? text.substring(1) : text;
    if (rest.equals("0")) {
      return Optional.of(Duration.ZERO);
    }
    BigDecimal nanos = BigDecimal.ZERO;
    Matcher part = PART.matcher(rest);
    int end = 0;
    while (end < rest.length()) {
      if (!part.find(end) || part.start() != end) {
        return Optional.empty();
      }
      String fraction = part.group(2) == null ? "" : "." + part.group(2);
      nanos =
          nanos.add(
              new BigDecimal(part.group(1) + fraction)
                  .multiply(BigDecimal.valueOf(NANOS.getOrDefault(part.group(3), 0L))));
      end = part.end();
    }
    if (end == 0) {
      return Optional.empty();
    }
    return bounded((negative ? nanos.negate() : nanos).toBigInteger());
  }

  /// {@return the duration in seconds, such as `5400s` or `-0.25s`}
  public static String format(Duration duration) {
    BigDecimal seconds =
        BigDecimal.valueOf(duration.getSeconds())
            .add(BigDecimal.valueOf(duration.getNano()).divide(NANOS_PER_SECOND));
    return seconds.stripTrailingZeros().toPlainString() + 's';
  }

  private static Optional<Duration> bounded(BigInteger nanos) {
    BigInteger[] parts = nanos.divideAndRemainder(NANOS_PER_SECOND.toBigInteger());
    return parts[0].abs().compareTo(BigInteger.valueOf(LONGEST_SECONDS)) > 0
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds(parts[0].longValueExact(), parts[1].longValueExact()));
  }
}
