package dev.tenet.http.json;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenet.http.json.StrictJson.Malformed;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StrictJsonTest {

  @Test
  void readsEveryKindOfValue() throws Malformed {
    assertThat(parse(" {\"a\": [1, -0, 2.5, 1e3, true, false, null, \"é\\u00e9\\n\"], \"b\": {}} "))
        .isEqualTo(
            Map.of(
                "a", Arrays.asList(1L, 0L, 2.5, 1000.0, true, false, null, "éé\n"), "b", Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "9223372036854775807, 9223372036854775807",
    "-9223372036854775808, -9223372036854775808",
  })
  void keepsIntegersExactly(String text, long value) throws Malformed {
    assertThat(parse(text)).isEqualTo(value);
  }

  @Test
  void makesADoubleOfAnIntegerBeyondLong() throws Malformed {
    assertThat(parse("9223372036854775808")).isEqualTo(0x1p63);
  }

  @Test
  void keepsTheOrderOfMembers() throws Malformed {
    assertThat(parse("{\"z\":1,\"a\":2,\"m\":3}")).hasToString("{z=1, a=2, m=3}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "}",
        "[",
        "]",
        "[1,]",
        "[,1]",
        "{\"a\":}",
        "{\"a\"}",
        "{a:1}",
        "{'a':1}",
        "[1 2]",
        "{\"a\":1,}",
        "01",
        "1.",
        ".5",
        "+1",
        "1e",
        "--1",
        "NaN",
        "Infinity",
        "-Infinity",
        "tru",
        "nul",
        "TRUE",
        "\"",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\t\"",
        "/* c */ 1",
        "1 // c",
        "1 1",
        "{} {}",
        "[1]]",
        "\"\\ud800\"",
        "\"\\udc00x\"",
        "\uFEFF1",
        "{\"a\":1]",
        "[1}"
      })
  void refusesWhatIsNoJson(String text) {
    Malformed malformed = refusal(text.getBytes(UTF_8));
    assertThat(malformed.code()).isEqualTo("json_malformed");
    assertThat(malformed.getMessage()).contains("line 1").doesNotContain("com.", "Exception");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t"})
  void refusesNothing(String text) {
    assertThat(refusal(text.getBytes(UTF_8)).code()).isEqualTo("json_empty");
  }

  @Test
  void saysWhichLineIsEmpty() {
    Malformed malformed =
        catchThrowableOfType(Malformed.class, () -> StrictJson.parseLine(new byte[] {' '}, 7));
    assertThat(malformed).hasMessage("Line 7 is empty; a JSON document is expected.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"22c0af22", "22ff22", "22eda08022", "22f490808022", "22c3", "22e282"})
  void refusesWhatIsNoUtf8(String hex) {
    assertThat(refusal(HexFormat.of().parseHex(hex)).code()).isEqualTo("json_not_utf8");
  }

  @Test
  void refusesOtherEncodings() {
    assertThat(refusal("{\"a\":1}".getBytes(UTF_16)).code())
        .isIn("json_not_utf8", "json_malformed");
  }

  @Test
  void refusesDuplicateKeysAndSaysWhere() {
    Malformed malformed =
        refusal("{\"facts\":{\"User\":{\"Age\":1,\"A\\u0067e\":2}}}".getBytes(UTF_8));
    assertThat(malformed.code()).isEqualTo("json_duplicate_key");
    assertThat(malformed.pointer()).isEqualTo("/facts/User/Age");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1e999", "-1e999", "123456789e400"})
  void refusesNumbersBeyondDouble(String text) {
    assertThat(refusal(text.getBytes(UTF_8)).code()).isEqualTo("json_number_out_of_range");
  }

  @Test
  void refusesNumbersOfAThousandDigits() {
    assertThat(refusal("1".repeat(1001).getBytes(UTF_8)).code()).isEqualTo("json_malformed");
    assertThat(refusal(("0." + "1".repeat(100_000)).getBytes(UTF_8)).code())
        .isEqualTo("json_malformed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\\u\uff31234\"", "{\"\\\\\\u00\u22614\":1}", "[\"\\u123\u0661\"]"})
  void refusesDigitsOfOtherScriptsInEscapes(String text) {
    assertThat(refusal(text.getBytes(UTF_8)).code()).isEqualTo("json_malformed");
  }

  @Test
  void leavesWhatFollowsAnEscapedBackslash() throws Malformed {
    assertThat(parse("\"\\\\u\uff31234\\u0031\uff31\"")).isEqualTo("\\u\uff312341\uff31");
  }

  @Test
  void countsTheDigitsOfANumberThatEndsTheText() throws Malformed {
    assertThat(parse("0." + "1".repeat(999))).isEqualTo(1.0 / 9);
    assertThat(refusal(("0." + "1".repeat(1000)).getBytes(UTF_8)).getMessage())
        .contains("more than 1000 digits");
    assertThat(refusal(("1e" + "0".repeat(1000)).getBytes(UTF_8)).getMessage())
        .contains("more than 1000 digits");
  }

  @Test
  void limitsNesting() throws Malformed {
    assertThat(parse("[".repeat(64) + "]".repeat(64))).isInstanceOf(List.class);
    assertThat(refusal(("[".repeat(65) + "]".repeat(65)).getBytes(UTF_8)).code())
        .isEqualTo("json_too_deep");
    assertThat(refusal("[".repeat(1_000_000).getBytes(UTF_8)).code()).isEqualTo("json_too_deep");
    assertThat(refusal("{\"a\":".repeat(1_000_000).getBytes(UTF_8)).code())
        .isEqualTo("json_too_deep");
  }

  @Test
  void tellsALongNumberFromDeepNestingAtTheDeepestLevel() {
    Malformed malformed = refusal(("[".repeat(64) + "1".repeat(1001)).getBytes(UTF_8));
    assertThat(malformed.code()).isEqualTo("json_malformed");
    assertThat(malformed.getMessage()).contains("more than 1000 digits");
  }

  @Test
  void neverThrowsAnythingElse() {
    byte[] seed =
        "{\"tenantId\":\"x\",\"facts\":{\"User\":{\"Age\":1.5e3,\"é\":[true,null,\"\\ud83d\\ude00\"]}}}"
            .getBytes(UTF_8);
    var random = new Random(42);
    for (int i = 0; i < 200_000; i++) {
      byte[] mutant = Arrays.copyOf(seed, 1 + random.nextInt(seed.length));
      for (int j = random.nextInt(4); j >= 0; j--) {
        mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
      }
      try {
        StrictJson.parse(mutant);
      } catch (Malformed expected) {
        assertThat(expected.code()).startsWith("json_");
      }
    }
  }

  private static @Nullable Object parse(String text) throws Malformed {
    return StrictJson.parse(text.getBytes(UTF_8));
  }

  private static Malformed refusal(byte[] document) {
    return catchThrowableOfType(Malformed.class, () -> StrictJson.parse(document));
  }
}
