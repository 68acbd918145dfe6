package dev.tenet.domain.evaluation;

import static dev.tenet.domain.evaluation.Reading.fault;
import static dev.tenet.domain.evaluation.Reading.pointer;
import static dev.tenet.domain.evaluation.Reading.value;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.domain.diagnostic.Diagnostic;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One value of each type.
final class FactValuesTest {

  @ParameterizedTest
  @ValueSource(strings = {"int", "int64"})
  void integers(String type) {
    assertThat(value(type, 25L)).isEqualTo(25L);
    assertThat(value(type, Long.MIN_VALUE)).isEqualTo(Long.MIN_VALUE);
    assertThat(value(type, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    assertThat(value(type, 25.0)).isEqualTo(25L);
    assertThat(value(type, Integer.MIN_VALUE)).isEqualTo(-2147483648L);
    assertThat(value(type, -0.0)).isEqualTo(0L);
    assertThat(value(type, 0x1p53)).isEqualTo(1L << 53);
    assertThat(value(type, -0x1p53)).isEqualTo(-(1L << 53));
  }

  @Test
  void numbersThatAreNoIntegers() {
    assertThat(fault("int", 25.5).message()).contains("a fraction").contains("float64");
    assertThat(fault("int", 0x1p53 + 2).message()).contains("too large to be exact");
    assertThat(fault("int", -0x1p62).message()).contains("too large to be exact");
    assertThat(fault("int", 0x1p63).message()).contains("beyond the 64-bit integers");
    assertThat(fault("int", -1e300).message()).contains("beyond the 64-bit integers");
    assertThat(fault("int", Double.POSITIVE_INFINITY).message()).contains("beyond");
  }

  @Test
  void floats() {
    assertThat(value("float64", 2.5)).isEqualTo(2.5);
    assertThat(value("float64", 2L)).isEqualTo(2.0);
    assertThat(value("float64", Long.MAX_VALUE)).isEqualTo(0x1p63);
    assertThat(value("float64", Double.MIN_VALUE)).isEqualTo(Double.MIN_VALUE);
    for (double notFinite :
        new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
      assertThat(fault("float64", notFinite).message()).contains("beyond the range of float64");
    }
  }

  @Test
  void stringsAndBooleans() {
    assertThat(value("string", "")).isEqualTo("");
    assertThat(value("string", "Zoë 🦄")).isEqualTo("Zoë 🦄");
    assertThat(value("bool", true)).isEqualTo(true);
    assertThat(value("bool", false)).isEqualTo(false);
  }

  @Test
  void bytes() {
    assertThat(value("bytes", "")).isEqualTo(Bytes.of(new byte[0]));
    assertThat(value("bytes", "aGk=")).isEqualTo(Bytes.of("hi".getBytes(UTF_8)));
    assertThat(value("bytes", "aGk")).isEqualTo(Bytes.of("hi".getBytes(UTF_8)));
    assertThat(value("bytes", "-_8=")).isEqualTo(Bytes.of(new byte[] {(byte) 0xfb, (byte) 0xff}));
    assertThat(value("bytes", "+/8=")).isEqualTo(Bytes.of(new byte[] {(byte) 0xfb, (byte) 0xff}));
    for (String wrong : List.of("a", "aGk=\n", "a b=", "aG=k", "é", "+_8=")) {
      assertThat(fault("bytes", wrong).message())
          .isEqualTo("Expected a string in Base64 but found a string of another form.");
    }
  }

  @Test
  void timestampsAndDurations() {
    assertThat(value("timestamp", "2026-01-31T08:30:00+02:00"))
        .isEqualTo(Instant.parse("2026-01-31T06:30:00Z"));
    assertThat(value("duration", "1h30m")).isEqualTo(Duration.ofMinutes(90));
    assertThat(fault("timestamp", "yesterday").message()).contains("2026-01-31T08:30:00Z");
    assertThat(fault("timestamp", 1_700_000_000L).message()).contains("found a number");
    assertThat(fault("duration", "soon").message()).contains("1h30m");
    assertThat(fault("duration", 90L).message()).contains("found a number");
  }

  @Test
  void enumsAreStringsOfTheirValues() {
    Map<String, ?> card = Map.of("enum", List.of("visa", "mastercard"));

    assertThat(value(card, "visa")).isEqualTo("visa");
    Diagnostic fault = fault(card, "Visa");
    assertThat(fault.code()).isEqualTo("fact_not_in_enum");
    assertThat(fault.suggestion()).isEqualTo("visa");
    assertThat(fault.message()).contains("\"visa\", \"mastercard\"");
    assertThat(fault(card, "secret-4111").message()).doesNotContain("secret");
    assertThat(fault(card, "secret-4111").suggestion()).isNull();
    assertThat(fault(card, 1L).code()).isEqualTo("fact_type_mismatch");
    assertThat(fault(Map.of("enum", many()), "x").message()).endsWith("\"v9\", ….");
  }

  private static List<String> many() {
    return List.of("v0", "v1", "v2", "v3", "v4", "v5", "v6", "v7", "v8", "v9", "v10");
  }

  @Test
  void everyOtherKindOfValueIsAFaultThatNamesTheKindOnly() {
    List<Object> all = List.of("4111", 4111L, 4111.5, true, List.of(4111L), Map.of("pan", 4111L));
    List<String> kinds =
        List.of("a string", "a number", "a number", "a boolean", "a list", "an object");
    Map<String, List<Integer>> taken =
        Map.of(
            "int", List.of(1, 2),
            "float64", List.of(1, 2),
            "string", List.of(0),
            "bool", List.of(3),
            "bytes", List.of(0),
            "timestamp", List.of(),
            "duration", List.of(),
            "list<dyn>", List.of(4),
            "map<string,dyn>", List.of(5));
    taken.forEach(
        (type, indices) -> {
          for (int i = 0; i < all.size(); i++) {
            if (!indices.contains(i)) {
              Diagnostic fault = fault(type, all.get(i));
              assertThat(fault.code()).as(type).isEqualTo("fact_type_mismatch");
              boolean otherForm = i == 0 && List.of("timestamp", "duration").contains(type);
              assertThat(fault.message())
                  .as(type)
                  .endsWith("but found " + kinds.get(i) + (otherForm ? " of another form." : "."));
              assertThat(fault.message()).doesNotContain("4111");
              assertThat(pointer(fault)).isEqualTo("/User/x");
            }
          }
        });
  }

  @Test
  void nullIsAbsentOnlyInOptionalFieldsAndAValueInDyn() {
    assertThat(value("int?", null)).isEqualTo("absent");
    assertThat(value("dyn?", null)).isEqualTo("absent");
    assertThat(value(Map.of("type", Map.of("y", "int"), "optional", true), null))
        .isEqualTo("absent");
    assertThat(value("dyn", null)).isNull();
    for (Object type :
        List.of(
            "int", "float64", "string", "bool", "bytes", "timestamp", "duration", "list<int>")) {
      Diagnostic fault = fault(type, null);
      assertThat(fault.message()).contains("but found null").contains("\"" + type + "?\"");
      assertThat(pointer(fault)).isEqualTo("/User/x");
    }
    assertThat(fault(Map.of("enum", List.of("a")), null).message())
        .contains("Expected enum but found null", "declare it optional (\"optional\": true)");
  }

  @Test
  void dynTakesEverythingAsItIs() {
    for (Object raw : List.of("s", 1L, 1.5, true, List.of(1L), Map.of("a", List.of()))) {
      assertThat(value("dyn", raw)).isEqualTo(raw);
    }
  }

  @Test
  void listsAndMapsReadTheirElements() {
    assertThat(value("list<float64>", List.of(1L, 2.5))).isEqualTo(List.of(1.0, 2.5));
    assertThat(value("list<int>", List.of())).isEqualTo(List.of());
    assertThat(value("map<string,duration>", Map.of("a", "1m")))
        .isEqualTo(Map.of("a", Duration.ofMinutes(1)));
    assertThat(value("list<dyn>", Arrays.asList(1L, null))).isEqualTo(Arrays.asList(1L, null));
    assertThat(pointer(fault("list<int>", Arrays.asList(1L, null)))).isEqualTo("/User/x/1");
    assertThat(pointer(fault("list<list<int>>", List.of(List.of(), List.of(1L, "2")))))
        .isEqualTo("/User/x/1/1");
    assertThat(pointer(fault("map<string,int>", Map.of("a/b~c", "2"))))
        .isEqualTo("/User/x/a~1b~0c");
    assertThat(pointer(fault("map<string,int>", Map.of("", "2")))).isEqualTo("/User/x/");
  }
}
