package dev.tenet.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.domain.evaluation.Bytes;
import dev.tenet.domain.evaluation.RuleOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What expressions mean.
class EvaluationTest {

  static final Map<String, Object> FACTS =
      Map.of(
          "User",
          Map.ofEntries(
              Map.entry("Age", 25L),
              Map.entry("Name", "Ann"),
              Map.entry("Active", true),
              Map.entry("Score", 4.5),
              Map.entry("Citizenship", "CANADA"),
              Map.entry("Tags", List.of("a", "b")),
              Map.entry("Scores", List.of(3L, 1L, 2L)),
              Map.entry("Extra", Map.of("k", 1L, "list", Arrays.asList(1L, null, "x"))),
              Map.entry("Profile", Map.of("Email", "ann@example.org")),
              Map.entry("Joined", "2024-01-01T00:00:00Z"),
              Map.entry("Session", "1h30m"),
              Map.entry("Avatar", "AQI="),
              Map.entry("Card", "visa"),
              Map.entry(
                  "Orders",
                  List.of(Map.of("Total", 5.5, "Id", "o1"), Map.of("Total", 2.0, "Id", "o2")))),
          "Transaction",
          Map.of("Amount", 1500.0, "Count", 3L));

  private static final Bench BENCH = new Bench();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "User.Age >= 18",
        "Transaction.Amount > 1000",
        "Transaction.Amount > 1000.0 && User.Age < 30",
        "User.Age < 18 || User.Active",
        "!(User.Age < 18)",
        "Transaction.Amount * 0.1 > 100.0",
        "User.Citizenship == 'CANADA'",
        "User.Name.contains('n') && User.Name.startsWith('A') && User.Name.endsWith('n')",
        "User.Name.matches('^A.*n$')",
        "User.Citizenship in ['CANADA', 'FRANCE']",
        "User.Age % 2 == 1",
        "User.Age + 1 == 26",
        "User.Profile.Email.endsWith('example.org')",
        "User.Joined > timestamp('2023-12-31T23:59:59Z')",
        "now - User.Joined > duration('24h')",
        "now == timestamp('2026-02-03T10:00:00Z')",
        "User.Session == duration('90m')",
        "User.Avatar == b'\\x01\\x02'",
        "User.Extra.k == 1",
        "User.Extra.list[1] == null",
        "User.Orders.exists(o, o.Total > 5.0)",
        "User.Orders.all(o, o.Id != '')",
        "User.Orders.map(o, o.Total) == [5.5, 2.0]",
        "User.Orders.sortBy(o, o.Total)[0].Id == 'o2'",
        "User.Orders[1].Total == 2.0",
        "User.Tags.exists_one(t, t == 'a')",
        "size(User.Tags.filter(t, t != 'a')) == 1",
        "User.Card == 'visa'",
        "User.Age > 18 ? User.Active : false",
        "User.Profile == User.Profile",
        ".User.Age == 25",
      })
  void matches(String expression) {
    RuleOutcome outcome =
        new Bench(BENCH.compiler(), Bench.SCHEMA).rule("r", expression).outcome("r", FACTS);
    assertThat(outcome.fault()).isNull();
    assertThat(outcome.matched()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "User.Age == 25.0",
        "25.0 == User.Age",
        "User.Age != 25.5",
        "1 == 1u && 1u == 1.0",
        "2.5 > 2 && 2 < 2.5 && 1u < 2 && 3.0 >= 3u",
        "1 in [1.0] && 1.0 in [1] && 1u in [1]",
        "User.Age in [25.0]",
        "9007199254740993 != 9007199254740992",
        "!(-0.0 < 0) && -0.0 == 0",
        "18446744073709551615u > 9223372036854775807 && 18446744073709551615u > 1.0",
        "dyn(1) == 1.0",
        "[1, 2.0] == [1.0, 2]",
        "!(double('NaN') == double('NaN'))",
        "!(double('NaN') < 1.0) && !(double('NaN') >= 1)",
        "1.0 / 0.0 > 9223372036854775807",
        "{1: 'a'}[dyn(1.0)] == 'a'",
      })
  void numbersCompareAcrossTheirTypes(String expression) {
    assertThat(BENCH.value(expression, FACTS)).isEqualTo(true);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      value = {
        "User.Note == 'x' => fact_missing => The facts do not contain User.Note.",
        "Transaction.Country == 'x' => fact_missing => The facts do not contain Transaction.Country.",
        "1 / dyn(0) => division_by_zero => A number is divided by zero.",
        "5 % dyn(0) => division_by_zero => A number is divided by zero.",
        "dyn(9223372036854775807) + 1 => overflow => The result of \"+\" is beyond the range of its type.",
        "dyn(-9223372036854775807) - 2 => overflow => The result of \"-\" is beyond the range of its type.",
        "dyn(9223372036854775807) * 2 => overflow => The result of \"*\" is beyond the range of its type.",
        "int(dyn(1e30)) => overflow => The result of \"int\" is beyond the range of its type.",
        "uint(dyn(-1)) => overflow => The result of \"uint\" is beyond the range of its type.",
        "timestamp('9999-12-31T23:59:59Z') + duration('1h') => overflow => The result of \"+\" is beyond the range of its type.",
        "[1, 2][5] => index_out_of_bounds => The index 5 is outside the list of 2.",
        "[1, 2][dyn(-1)] => index_out_of_bounds => The index -1 is outside the list of 2.",
        "{'a': 1}['b'] => key_not_found => The map does not have the key.",
        "User.Extra.zz => key_not_found => The map has no key \"zz\".",
        "int(dyn('abc')) => invalid_argument => \"int\" does not take these arguments: the text must be an integer of 64 bits such as 42.",
        "timestamp(dyn('x')) => invalid_argument => \"timestamp\" does not take these arguments: it must be a moment in the years 1 to 9999, as text such as 2026-01-31T08:30:00Z.",
        "'abc'.matches(dyn('a(')) => invalid_argument => The regular expression is malformed: missing closing ).",
        "dyn(1) < 'x' => no_such_overload => \"<\" does not take (int, string).",
        "dyn('x') && true => no_such_overload => A condition must be true or false.",
        "dyn('x').y => no_such_overload => A value without fields has no field \"y\".",
        "{'a': 1, dyn('a'): 2} => invalid_argument => The map has the same key twice.",
        "'abc'.substring(dyn(2), 1) => invalid_argument => \"substring\" does not take these arguments: the positions must be within the text, the first not behind the second.",
        "'abc'.charAt(dyn(9)) => invalid_argument => \"charAt\" does not take these arguments: the position must be within the text.",
        "bool(dyn('x')) => invalid_argument => \"bool\" does not take these arguments: the text must be true or false.",
        "duration(dyn('1')) => invalid_argument => \"duration\" does not take these arguments: the text must be a duration such as 1h30m.",
        "now.getHours(dyn('Nowhere/At')) => invalid_argument => \"getHours\" does not take these arguments: the time zone must be such as Europe/Berlin or +02:00.",
        "[1, 2].slice(0, 9) => invalid_argument => \"slice\" does not take these arguments: the positions must be within the list, the first not behind the second.",
        "[[1]].flatten(-1) => invalid_argument => \"flatten\" does not take these arguments: the depth must not be negative.",
        "[dyn(1), dyn('a')].sort() => invalid_argument => \"sort\" does not take these arguments: the elements must be of one type that has an order.",
        "base64.decode(dyn('*')) => invalid_argument => \"base64.decode\" does not take these arguments: the text must be Base64.",
        "math.bitShiftLeft(dyn(1), -1) => invalid_argument => \"math.bitShiftLeft\" does not take these arguments: the number of bits must not be negative.",
        "regex.extract(dyn('aa'), '(a)(a)') => invalid_argument => \"regex.extract\" does not take these arguments: the regular expression may have one group.",
        "optional.none().value() => invalid_argument => \"value\" does not take these arguments: the optional must have a value.",
      })
  void faultHasCodeAndSentence(String expression, String code, String message) {
    assertThat(BENCH.value(expression, FACTS)).isEqualTo(code + ": " + message);
  }

  @Test
  void missingObjectFaultsNamingTheObject() {
    assertThat(BENCH.value("User.Age > 1", Map.of("Transaction", Map.of("Amount", 1.0))))
        .isEqualTo("fact_missing: The facts do not contain User.");
  }

  @Test
  void missingNestedFieldFaultsNamingItsPath() {
    assertThat(BENCH.value("User.Profile.Level", FACTS))
        .isEqualTo("fact_missing: The facts do not contain User.Profile.Level.");
    assertThat(
            BENCH.value(
                "User.Orders.map(o, o.Id)",
                Map.of("User", Map.of("Orders", List.of(Map.of("Total", 1.0))))))
        .isEqualTo("fact_missing: The facts do not contain User.Orders.Id.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      value = {
        "has(User.Age) => true",
        "has(User.Note) => false",
        "has(User.Profile.Email) => true",
        "has(User.Profile.Level) => false",
        "has(User.Extra.k) => true",
        "has(User.Extra.zz) => false",
        "has(optional.of(User.Extra).k) => true",
        "has(optional.of({'a': User.Extra}).a.k) => true",
        "has(optional.of({'a': User.Extra}).a.zz) => false",
        "has(optional.of({'a': User.Extra}).b.zz) => false",
        "User.?Note.orValue('none') == 'none' => true",
        "User.?Name.orValue('none') == 'Ann' => true",
        "User.?Note.hasValue() => false",
        "User.?Profile.?Level.orValue(7) == 7 => true",
        "User.?Profile.Email.hasValue() => true",
        "User.?Note.optMap(n, size(n)).orValue(-1) == -1 => true",
        "User.?Name.optMap(n, size(n)).orValue(-1) == 3 => true",
        "User.?Note.or(User.?Name).value() == 'Ann' => true",
        "User.Tags[?9].hasValue() => false",
        "User.Tags[?1].orValue('z') == 'b' => true",
        "User.Extra.?zz.hasValue() => false",
        "[?User.?Note, 'x'] == ['x'] => true",
        "{?'n': User.?Note} == {} => true",
        "User.?Note == optional.none() => true",
        "User.?Name == optional.of('Ann') => true",
      })
  void missingFieldsAreOptional(String expression, boolean value) {
    assertThat(BENCH.value(expression, FACTS)).isEqualTo(value);
  }

  @Test
  void typesAreValues() {
    Bench bench = new Bench().derived("kind", "type(User.Extra.k)");
    assertThat(bench.value("kind == int && kind != string && type(kind) == type", FACTS))
        .isEqualTo(true);
    assertThat(bench.value("type == dyn", FACTS)).isEqualTo(false);
    assertThat(bench.value("type(now) == google.protobuf.Timestamp", FACTS)).isEqualTo(true);
    assertThat(bench.value("google.protobuf.Duration", FACTS)).isEqualTo("duration");
  }

  @Test
  void missingObjectHasNoFields() {
    Map<String, ?> facts = Map.of("Transaction", Map.of("Amount", 1.0));
    assertThat(BENCH.value("has(User.Age)", facts)).isEqualTo(false);
    assertThat(BENCH.value("has(User.Profile.Email)", facts)).isEqualTo(false);
    assertThat(BENCH.value("User.?Age.orValue(3)", facts)).isEqualTo(3L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      value = {
        "(1 / dyn(0) > 1) || true => true",
        "true || (1 / dyn(0) > 1) => true",
        "(1 / dyn(0) > 1) && false => false",
        "false && (1 / dyn(0) > 1) => false",
        "User.Note == 'x' || User.Age > 1 => true",
        "[1, 0].exists(x, 1 / x == 1) => true",
        "[0, 1].exists(x, 1 / x == 1) => true",
        "[0, 1].all(x, 1 / x == 5) => false",
        "cel.bind(x, 1 / dyn(0), true) => true",
      })
  void anOperandThatDecidesAbsorbsTheOthersFault(String expression, boolean value) {
    assertThat(BENCH.value(expression, FACTS)).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(1 / dyn(0) > 1) || false", "true && (1 / dyn(0) > 1)", "[0, 1].all(x, 1 / x == 1)",
        "[0, 1].exists(x, 1 / x == 5)", "[1, 0].exists_one(x, 1 / x == 1)",
            "[0].map(x, 1 / x) == [1]",
        "!(1 / dyn(0) > 1)", "1 / dyn(0) > 1 ? true : true"
      })
  void aFaultThatNothingDecidesStays(String expression) {
    assertThat(BENCH.value(expression, FACTS))
        .isEqualTo("division_by_zero: A number is divided by zero.");
  }

  @Test
  void boundListsDoNotChange() {
    assertThat(BENCH.value("cel.bind(a, [1, 2], size(a + [3]) + size(a))")).isEqualTo(5L);
    assertThat(BENCH.value("cel.bind(a, [1, 2], a + a)")).isEqualTo(List.of(1L, 2L, 1L, 2L));
    assertThat(BENCH.value("cel.bind(a, [1] + [2], [a + [3], a + [4]])"))
        .isEqualTo(List.of(List.of(1L, 2L, 3L), List.of(1L, 2L, 4L)));
  }

  @Test
  void resultsArePlainValues() {
    assertThat(BENCH.value("User.Avatar", FACTS)).isEqualTo(Bytes.of(new byte[] {1, 2}));
    assertThat(BENCH.value("User.Joined", FACTS)).isEqualTo(Instant.parse("2024-01-01T00:00:00Z"));
    assertThat(BENCH.value("User.Session", FACTS)).isEqualTo(Duration.ofMinutes(90));
    assertThat(BENCH.value("5u")).isEqualTo(5L);
    assertThat(BENCH.value("18446744073709551615u")).isEqualTo("18446744073709551615");
    assertThat(BENCH.value("null")).isNull();
    assertThat(BENCH.value("optional.none()")).isNull();
    assertThat(BENCH.value("optional.of(3)")).isEqualTo(3L);
    assertThat(BENCH.value("type(1)")).isEqualTo("int");
    assertThat(BENCH.value("type([1])")).isEqualTo("list");
    assertThat(BENCH.value("{1: 'a', true: 'b'}")).isEqualTo(Map.of("1", "a", "true", "b"));
    assertThat(BENCH.value("User.Profile", FACTS)).isEqualTo(Map.of("Email", "ann@example.org"));
    assertThat(BENCH.value("[User.Orders[0]]", FACTS))
        .isEqualTo(List.of(Map.of("Total", 5.5, "Id", "o1")));
    assertThat(BENCH.value("User.Extra.list", FACTS)).isEqualTo(Arrays.asList(1L, null, "x"));
    assertThat(BENCH.value("1.0 / 0.0")).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void nowGivesWayToAnObjectOfThatName() {
    Bench bench =
        new Bench(BENCH.compiler(), Map.of("now", Map.of("hour", "int")))
            .rule("r", "now.hour == 3");
    assertThat(bench.outcome("r", Map.of("now", Map.of("hour", 3L))).matched()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "int",
        "string",
        "type",
        "list",
        "map",
        "dyn",
        "bool",
        "math",
        "optional",
        "cel",
        "sets",
        "size",
        "has",
        "google"
      })
  void anObjectMayHaveTheNameOfATypeOrFunction(String name) {
    Bench bench =
        new Bench(BENCH.compiler(), Map.of(name, Map.of("x", "int"))).rule("r", name + ".x == 3");
    assertThat(bench.faults("r")).isEmpty();
    assertThat(bench.outcome("r", Map.of(name, Map.of("x", 3L))).matched()).isTrue();
  }

  @Test
  void integersKeepAllTheirDigits() {
    assertThat(
            BENCH.value(
                "Transaction.Count == 9223372036854775807",
                Map.of("Transaction", Map.of("Count", Long.MAX_VALUE))))
        .isEqualTo(true);
  }

  @Test
  void flatFactsOfASingleObjectEvaluate() {
    Bench bench =
        new Bench(BENCH.compiler(), Map.of("User", Map.of("Age", "int")))
            .rule("r", "User.Age >= 18");
    assertThat(bench.outcome("r", Map.of("Age", 20L)).matched()).isTrue();
  }
}
