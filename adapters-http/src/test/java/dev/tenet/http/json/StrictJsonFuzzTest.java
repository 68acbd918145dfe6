package dev.tenet.http.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.http.json.ReferenceJson.Outcome;
import dev.tenet.http.json.StrictJson.Malformed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Documents by chance are accepted and refused as [ReferenceJson] does: with the same values, codes, pointers and places.
///
/// `-Dtenet.json.documents=10000000` makes it a long run, `-Dtenet.json.seed=` repeats one.
final class StrictJsonFuzzTest {

  private static final long DOCUMENTS = Long.getLong("tenet.json.documents", 200_000);
  private static final long FRESH = Long.getLong("tenet.json.seed", System.nanoTime());
  private static final Pattern PLACE = Pattern.compile("\\(line (\\d+), column (\\d+)\\)\\.$");
  private static final Pattern LINE_END = Pattern.compile("\r\n|\r|\n");

  @Test
  void readsAsTheReferenceDoes() {
    Map<String, Long> outcomes = new TreeMap<>();
    List<String> differences = new ArrayList<>();
    for (long number = 0; number < DOCUMENTS && differences.size() < 10; number++) {
      long seed = number % 2 == 0 ? 1 : FRESH;
      byte[] document = RandomDocuments.document(seed, number);
      try {
        outcomes.merge(compare(document, (int) (number % 3)), 1L, Long::sum);
      } catch (AssertionError | RuntimeException | StackOverflowError e) {
        differences.add(
            "document %d of -Dtenet.json.seed=%d, %s: %s"
                .formatted(number, seed, HexFormat.of().formatHex(document), inAscii(e)));
      }
    }
    assertThat(differences).isEmpty();
    assertThat(outcomes.keySet())
        .isEqualTo(
            Set.of(
                "accepted",
                "json_duplicate_key",
                "json_empty",
                "json_malformed",
                "json_not_utf8",
                "json_number_out_of_range",
                "json_too_deep"));
    assertThat(outcomes.get("accepted")).isGreaterThan(DOCUMENTS / 4);
  }

  /// {@return what went wrong; a report breaks off at half a surrogate pair}
  private static String inAscii(Throwable fault) {
    return Pattern.compile("[^ -~]+")
        .matcher(fault.toString())
        .replaceAll(
            found ->
                found.group().chars().mapToObj("<%04x>"::formatted).collect(Collectors.joining()));
  }

  /// {@return `accepted`, or the code of the refusal}
  private static String compare(byte[] document, int way) {
    Outcome expected = ReferenceJson.read(document);
    Object value;
    try {
      value =
          switch (way) {
            case 0 -> StrictJson.parse(document);
            case 1 -> inTheMiddle(document);
            default -> StrictJson.parseLine(document, 7);
          };
    } catch (Malformed malformed) {
      assertThat(expected)
          .as("the document is refused: %s %s", malformed.pointer(), malformed.getMessage())
          .isInstanceOf(Outcome.Refused.class);
      sameRefusal(document, malformed, (Outcome.Refused) expected, way);
      return malformed.code();
    }
    assertThat(expected).as("accepted as %s", value).isInstanceOf(Outcome.Accepted.class);
    Object wanted = ((Outcome.Accepted) expected).value();
    assertThat(same(value, wanted)).as("%s instead of %s", value, wanted).isTrue();
    return "accepted";
  }

  private static @Nullable Object inTheMiddle(byte[] document) throws Malformed {
    byte[] larger = new byte[document.length + 7];
    Arrays.fill(larger, (byte) 0xFF);
    System.arraycopy(document, 0, larger, 3, document.length);
    return StrictJson.parse(larger, 3, document.length);
  }

  private static void sameRefusal(
      byte[] document, Malformed malformed, Outcome.Refused expected, int way) {
    String message = malformed.getMessage();
    assertThat(malformed.code()).as("%s, %s", message, expected).isEqualTo(expected.code());
    assertThat(malformed.pointer()).as("%s", message).isEqualTo(expected.pointer());
    Matcher place = PLACE.matcher(message);
    if (!place.find()) {
      assertThat(malformed.code()).isIn("json_not_utf8", "json_empty");
      assertThat(message).startsWith(way == 2 ? "Line 7 is " : "The body is ");
      return;
    }
    int line = Integer.parseInt(place.group(1));
    int column = Integer.parseInt(place.group(2));
    String text = new String(document, UTF_8);
    assertThat(way == 2 || place(text, expected, line, column))
        .as("%s, %s", message, expected)
        .isTrue();
    assertThat(way != 2 || line == 7).as("the number of the line: %s", message).isTrue();
  }

  /// {@return whether the place is in what the fault is in, or the one behind it}
  private static boolean place(String text, Outcome.Refused expected, int line, int column) {
    int start = 0;
    Matcher ends = LINE_END.matcher(text);
    for (int i = 1; i < line; i++) {
      if (!ends.find()) {
        return false;
      }
      start = ends.end();
    }
    int told = start + column - 1;
    return told >= expected.from() && told <= expected.to() + 1;
  }

  /// {@return whether the values are of the same types, doubles to the last bit, members in the same order}
  private static boolean same(@Nullable Object left, @Nullable Object right) {
    if (left instanceof List<?> ours && right instanceof List<?> theirs) {
      return sameElements(ours, theirs);
    }
    if (left instanceof Map<?, ?> ours && right instanceof Map<?, ?> theirs) {
      return sameElements(List.copyOf(ours.keySet()), List.copyOf(theirs.keySet()))
          && sameElements(ours.values(), theirs.values());
    }
    return left == null ? right == null : left.equals(right);
  }

  private static boolean sameElements(Iterable<?> ours, Iterable<?> theirs) {
    Iterator<?> left = ours.iterator();
    Iterator<?> right = theirs.iterator();
    while (left.hasNext() && right.hasNext()) {
      if (!same(left.next(), right.next())) {
        return false;
      }
    }
    return left.hasNext() == right.hasNext();
  }
}
