package dev.tenet.http.routing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenet.application.reading.Age;
import dev.tenet.domain.uuid.Uuids;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/// How the page tokens of lists spell where the page before ended.
///
/// A token has a checksum over that and the list, so that one that is made up, damaged or another list's is noticed. It is no
/// secret: who forges one sees the list from another place on.
public final class PageTokens<K> {

  /// The tokens of lists of what has an age.
  public static final PageTokens<Age> BY_AGE = new PageTokens<>(PageTokens::spell, PageTokens::age);

  /// The tokens of lists of what has a number, from 1.
  public static final PageTokens<Long> BY_NUMBER =
      new PageTokens<>(number -> Long.toString(number), PageTokens::number);

  private static final int CHECKSUM = 8;
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

  /// Microseconds since 1970 to the end of the year 9999, and an id.
  private static final Pattern AGE = Pattern.compile("(0|[1-9][0-9]{0,16})\\.(.{36})");

  private final Function<K, String> spelling;
  private final Function<String, Optional<K>> reading;

  private PageTokens(Function<K, String> spelling, Function<String, Optional<K>> reading) {
    this.spelling = spelling;
    this.reading = reading;
  }

  /// {@return the token for a place in a list}
  ///
  /// @param list tells the list from others
  String token(String list, K place) {
    String text = spelling.apply(place);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((checksum(list, text) + text).getBytes(UTF_8));
  }

  /// {@return the place that the token spells, or empty when this list gave out no such token}
  Optional<K> place(String list, String token) {
    String content;
    try {
      content = new String(Base64.getUrlDecoder().decode(token), UTF_8);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    if (content.length() < CHECKSUM) {
      return Optional.empty();
    }
    String text = content.substring(CHECKSUM);
    return content.startsWith(checksum(list, text)) ? reading.apply(text) : Optional.empty();
  }

  private static String checksum(String list, String text) {
    var checksum = new CRC32C();
    checksum.update((list + '\n' + text).getBytes(UTF_8));
    return HexFormat.of().toHexDigits((int) checksum.getValue());
  }

  private static Optional<Long> number(String text) {
    return NUMBER.matcher(text).matches() ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }

  private static String spell(Age age) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, age.createdAt()) + "." + age.id();
  }

  private static Optional<Age> age(String text) {
    var parts = AGE.matcher(text);
    if (!parts.matches()) {
      return Optional.empty();
    }
    Instant createdAt = Instant.EPOCH.plus(Long.parseLong(parts.group(1)), ChronoUnit.MICROS);
    return Uuids.parse(parts.group(2)).map(id -> new Age(createdAt, id));
  }
}
