package dev.tenet.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.evaluation.RuleCompiler.Check;
import dev.tenet.domain.diagnostic.Diagnostic;
import dev.tenet.domain.diagnostic.Location;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What an author is told about a faulty expression.
class DiagnosticsTest {

  private static final Bench BENCH = new Bench();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      value = {
        // expression | code | text of the span | suggestion | message
        "User.Age >=|syntax_error|``|-|The expression ends too early.",
        "User.Age === 18|syntax_error|=|-|Unexpected \"=\" here.",
        "(User.Age >= 18|syntax_error|``|-|A \")\" is missing at the end.",
        "User.Age..Bad|syntax_error|.|-|Unexpected \".\" here.",
        "User.Age 18|syntax_error|18|-|Unexpected \"18\" here.",
        "User.Age > 18 #|syntax_error|#|-|Unexpected \"#\" here.",
        "'abc|syntax_error|'abc|-|The text that begins here has no closing quote.",
        "for|syntax_error|for|-|\"for\" is a reserved word of CEL.",
        "999999999999999999999|syntax_error|999999999999999999999|-|The number is beyond the 64-bit integers.",
        "User{Age: 1}|syntax_error|{|-|Objects cannot be made in an expression; use a map such as {\"key\": 1}.",
        "UndefinedField.Value > 0|unknown_name|UndefinedField|-|There is no object or derived field \"UndefinedField\".",
        "Usr.Age > 1|unknown_name|Usr|User|There is no object or derived field \"Usr\"; did you mean \"User\"?",
        "Now > User.Joined|unknown_name|Now|now|There is no object or derived field \"Now\"; did you mean \"now\"?",
        "isAdlt|unknown_name|isAdlt|isAdult|There is no object or derived field \"isAdlt\"; did you mean \"isAdult\"?",
        "User.Aeg > 18|unknown_field|Aeg|Age|User has no field \"Aeg\"; did you mean \"Age\"?",
        "User.Profile.Emial == 'x'|unknown_field|Emial|Email|User.Profile has no field \"Emial\"; did you mean \"Email\"?",
        "User.?Nots.hasValue()|unknown_field|Nots|Note|User has no field \"Nots\"; did you mean \"Note\"?",
        "foo(1)|unknown_function|foo|-|There is no function \"foo\".",
        "User.Name.exists(1)|unknown_function|exists|-|\"exists\" is written list.exists(element, condition).",
        "User.Name.contans('x')|unknown_function|contans|contains|There is no function \"contans\"; did you mean \"contains\"?",
        "math.greates(1, 2)|unknown_function|math.greates|math.greatest|There is no function \"math.greates\"; did you mean \"math.greatest\"?",
        "User.Age >= \"18\"|type_mismatch|>=|-|No operator >= takes int and string.",
        "User.Note == null|type_mismatch|==|-|No operator == takes string and null; use has() to ask whether a field is there.",
        "User + 1|type_mismatch|+|-|No operator + takes User and int.",
        "User.Profile == 1|type_mismatch|==|-|No operator == takes User.Profile and int.",
        "User.Age + 1.5|type_mismatch|+|-|No operator + takes int and double.",
        "!User.Age|type_mismatch|!|-|No operator ! takes int.",
        "User.Name[0]|type_mismatch|[|-|No operator [] takes string and int.",
        "User.Joined > 'x'|type_mismatch|>|-|No operator > takes timestamp and string; make a timestamp of the string, such as timestamp('2026-01-31T08:30:00Z').",
        "'1h' == User.Session|type_mismatch|==|-|No operator == takes string and duration; make a duration of the string, such as duration('1h30m').",
        "User.Joined + 'x'|type_mismatch|+|-|No operator + takes timestamp and string.",
        "User.Age = 18|syntax_error|=|==|\"=\" is no operator of CEL; did you mean \"==\"?",
        "User.Age => 18|syntax_error|=>|>=|\"=>\" is no operator of CEL; did you mean \">=\"?",
        "User.Age =< 18|syntax_error|=<|<=|\"=<\" is no operator of CEL; did you mean \"<=\"?",
        "User.Age > 1 & true|syntax_error|&|&&|\"&\" is no operator of CEL; did you mean \"&&\"?",
        "User.Age > 1 and true|syntax_error|and|&&|\"and\" is no operator of CEL; did you mean \"&&\"?",
        "Age > 18|unknown_name|Age|User.Age|There is no object or derived field \"Age\"; did you mean \"User.Age\"?",
        "Amount > 18.0|unknown_name|Amount|Transaction.Amount|There is no object or derived field \"Amount\"; did you mean \"Transaction.Amount\"?",
        "Note == ''|unknown_name|Note|-|There is no object or derived field \"Note\".",
        "size(1)|type_mismatch|size|-|The function size does not take (int).",
        "User.Name.contains(1)|type_mismatch|contains|-|The function contains cannot be called on string with (int).",
        "User.Tags.map(t, t.x)|type_mismatch|x|-|A value of type string has no fields.",
        "User.Age.exists(x, x)|type_mismatch|Age|-|Only a list or a map can be gone through, not int.",
        "User.Card == 'viza'|enum_value_unknown|'viza'|visa|Card is never \"viza\"; did you mean \"visa\"?",
        "'mastercrd' != User.Card|enum_value_unknown|'mastercrd'|mastercard|Card is never \"mastercrd\"; did you mean \"mastercard\"?",
        "User.Card == (User.Age > 1 ? 'viza' : 'amex')|enum_value_unknown|'viza'|visa|Card is never \"viza\"; did you mean \"visa\"?",
        "(User.Age > 1 ? User.Card : User.Backup) == 'cash'|enum_value_unknown|'cash'|-|Card or Backup is never \"cash\"; it is one of \"visa\", \"mastercard\", \"amex\", \"none\".",
        "User.Card in [User.Age > 1 ? 'visa' : 'amx']|enum_value_unknown|'amx'|amex|Card is never \"amx\"; did you mean \"amex\"?",
        "User.Cards.exists(c, c == 'viza')|enum_value_unknown|'viza'|visa|Cards is never \"viza\"; did you mean \"visa\"?",
        "User.Cards.filter(c, c in ['visa', 'amx']).size() == 1|enum_value_unknown|'amx'|amex|Cards is never \"amx\"; did you mean \"amex\"?",
        "User.Cards[0] == 'viza'|enum_value_unknown|'viza'|visa|Cards is never \"viza\"; did you mean \"visa\"?",
        "'viza' in User.Cards|enum_value_unknown|'viza'|visa|Cards is never \"viza\"; did you mean \"visa\"?",
        "1 / 0 == 1|constant_fails|/|-|This can only fail. A number is divided by zero.",
        "User.Age % 0 == 1|constant_fails|%|-|This can only fail. A number is divided by zero.",
        "User.Joined > timestamp('x')|constant_fails|timestamp|-|This can only fail. \"timestamp\" does not take these arguments: it must be a moment in the years 1 to 9999, as text such as 2026-01-31T08:30:00Z.",
        "User.Session > duration('1')|constant_fails|duration|-|This can only fail. \"duration\" does not take these arguments: the text must be a duration such as 1h30m.",
        "User.Name.matches('[')|constant_fails|matches|-|This can only fail. The regular expression is malformed: missing closing ].",
        "\"a\".matches(\"[\")|constant_fails|matches|-|This can only fail. The regular expression is malformed: missing closing ].",
        "regex.extract(User.Name, '(').hasValue()|constant_fails|extract|-|This can only fail. The regular expression is malformed: missing closing ).",
        "int('x') > User.Age|constant_fails|int|-|This can only fail. \"int\" does not take these arguments: the text must be an integer of 64 bits such as 42.",
        "script.nope.size('a') == 1|unknown_function|script.nope.size|-|There is no function \"script.nope.size\".",
        "plugin.none.m.contains('a', 'b')|unknown_function|plugin.none.m.contains|-|There is no function \"plugin.none.m.contains\".",
        "User.Joined.getHours('Europe/Berln') > 8|constant_fails|getHours|-|This can only fail. \"getHours\" does not take these arguments: the time zone must be such as Europe/Berlin or +02:00.",
        "User.Tags[-1] == 'a'|constant_fails|[|-|This can only fail. The first element has the index 0.",
        "{'a': 1, 'b': 2, 'a': 3}[User.Name] > 1|constant_fails|'a'|-|This can only fail. The map has the same key twice.",
        "{1: 1, 1u: 2}[User.Age] > 1|constant_fails|1u|-|This can only fail. The map has the same key twice.",
        "9223372036854775807 + 1 > User.Age|constant_fails|+|-|This can only fail. The result of \"+\" is beyond the range of its type.",
        "User.Card in ['visa', 'x']|enum_value_unknown|'x'|-|Card is never \"x\"; it is one of \"visa\", \"mastercard\", \"amex\".",
      })
  void faultHasCodeSpanAndRemedy(
      String expression, String code, String span, String suggestion, String message) {
    Check check = new Bench().derived("isAdult", "User.Age >= 18").check(expression);
    assertThat(check.diagnostics()).hasSize(1);
    Diagnostic fault = check.diagnostics().getFirst();
    assertThat(fault.code()).isEqualTo(code);
    assertThat(text(expression, fault)).isEqualTo(span);
    assertThat(fault.suggestion()).isEqualTo(suggestion);
    assertThat(fault.message()).isEqualTo(message);
    assertThat(check.type()).isEmpty();
  }

  private static String text(String expression, Diagnostic fault) {
    Location.Span span = (Location.Span) fault.location();
    return expression.substring(span.offset(), span.offset() + span.length());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "User.Name == 'a\\qb'~\\q",
        "User.Name == \"x\\d\"~\\d",
        "'a\\q' + 'b\\w' == ''~\\q",
        "User.Name.matches('\\d+')~\\d",
        "'\\xZZ' == ''~\\xZZ",
        "'\\u12' == ''~\\u12",
        "'\\U00110000' == ''~\\U00110000",
        "'\\ud800' == ''~\\ud800",
        "'\\400' == ''~\\400",
        "b'\\u00ff' == b''~\\u00ff",
      })
  void badEscapesAreNamedWithTheirPlace(String expression, String escape) {
    List<Diagnostic> faults = BENCH.check(expression).diagnostics();
    assertThat(faults).hasSize(1);
    assertThat(faults.getFirst().code()).isEqualTo("syntax_error");
    assertThat(text(expression, faults.getFirst())).isEqualTo(escape);
    assertThat(faults.getFirst().message())
        .startsWith("The escape \"")
        .contains("is none of CEL's")
        .endsWith(".");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "User.Name == '\\n\\t\\\\\\x41\\u0041\\U0001F600\\101\\'\\\"'",
        "User.Name.matches(r'\\d+')",
        "User.Name.matches('\\\\d+')",
        "User.Cards.exists(c, c == 'visa') && User.Card == (User.Age > 1 ? 'visa' : 'amex')",
        "User.Cards.exists(c, User.Tags.exists(c, c == 'viza'))",
        "User.Tags.exists(t, t == 'viza') && 'x' in User.Tags",
        "(User.Age > 1 ? User.Card : User.Name) == 'cash'",
        "User.Orders.exists(o, o.Kind == 'gift')",
        "User.Score / 0.0 > 1.0 && User.Age / 2 > 1 && 0 / User.Age == 0",
        "1 / dyn(0) == 1 || User.Name.matches(User.Citizenship)",
        "timestamp('2024-01-01T00:00:00Z') < now && duration('36h') > User.Session",
        "User.Tags.exists(Age, Age == 'x')",
        "User.Joined.getHours('Europe/Berlin') > 8 && User.Joined.getHours('-07:30') > 8 && User.Joined.getHours(User.Name) > 8",
        "{?'a': User.?Name, 'a': 'b'}.a == 'b'",
        "{-1: 'x'}[-1] == 'x' && User.Tags[User.Age - 1] == 'a' && {1: 'a', 2: 'a'}[1] == 'a'",
      })
  void whatIsRightRaisesNoAlarm(String expression) {
    assertThat(BENCH.check(expression).diagnostics()).isEmpty();
  }

  @Test
  void aConstantThatFailsIsRefusedWithTheRule() {
    assertThat(new Bench().rule("r", "User.Joined > timestamp('yesterday')").faults("r"))
        .extracting(Diagnostic::code)
        .containsExactly("constant_fails");
  }

  @Test
  void spanCountsLinesColumnsAndCodeUnits() {
    String expression = "\"héé😀\" == 'x'\n  && User.Aeg > 3";
    Diagnostic fault = BENCH.check(expression).diagnostics().getFirst();
    assertThat(fault.location())
        .isEqualTo(
            new Location.Span("expression", expression.indexOf("Aeg"), "Aeg".length(), 2, 11));
  }

  @Test
  void faultOfAnOutputNamesTheOutput() {
    Bench bench = new Bench().rule("r", "true", Map.of("discount", "User.Aeg"));
    assertThat(bench.faults("r"))
        .singleElement()
        .extracting(fault -> ((Location.Span) fault.location()).part())
        .isEqualTo("then.discount");
  }

  @Test
  void allFaultsAreReportedAtOnce() {
    List<String> codes =
        BENCH.check("User.Aeg > 1 && Usr.Age < 3 || User.Name > 5").diagnostics().stream()
            .map(Diagnostic::code)
            .toList();
    assertThat(codes).containsExactlyInAnyOrder("unknown_field", "unknown_name", "type_mismatch");
  }

  @Test
  void faultInsideAComprehensionIsReported() {
    assertThat(BENCH.check("User.Orders.exists(o, o.Totl > 1.0)").diagnostics())
        .extracting(Diagnostic::code)
        .containsExactly("unknown_field");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "User.Age === 18",
        "User.Age >=",
        "a b c",
        "User[",
        "{'a':",
        "1 +",
        "User.Age > > 2",
        "User..x",
        "@x",
        "\\",
        "\"",
        "'''",
        "?",
        "x ? y",
        "[1,,2]",
        "f(,)",
        "User.Age >= 18)",
        "has(User)",
        "User.Tags.map(1, 2)",
        "User.Orders == 1",
        "User.Extra.foo(1)",
        "b'\\xZZ'",
        "User == Transaction",
        "type(1) + 1",
        "optional.none() + 1",
        "[User] + 1",
        "google.protobuf.Timestamp{}",
      })
  void messagesSpeakTheAuthorsLanguage(String expression) {
    List<Diagnostic> faults = BENCH.check(expression).diagnostics();
    assertThat(faults).isNotEmpty();
    for (Diagnostic fault : faults) {
      assertThat(fault.message())
          .endsWith(fault.suggestion() == null ? "." : "?")
          .doesNotContain("expecting")
          .doesNotContain("<EOF>")
          .doesNotContain("google.protobuf.T")
          .doesNotContain("google.protobuf.D")
          .doesNotContain("Exception")
          .doesNotContain("_==_")
          .doesNotContain("container")
          .doesNotContain("(candidates");
      assertThat(fault.message().replace("\"@x\"", "").replace("\"@\"", "")).doesNotContain("@");
    }
  }

  @Test
  void nonBooleanConditionIsAWarningOnly() {
    Check check = BENCH.check("User.Name");
    assertThat(check.diagnostics())
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.code()).isEqualTo("not_boolean");
              assertThat(warning.severity()).isEqualTo(Diagnostic.Severity.WARNING);
            });
    assertThat(check.type()).contains("string");
    Bench bench = new Bench().rule("r", "User.Name");
    assertThat(bench.faults("r")).isEmpty();
    assertThat(bench.outcome("r", Map.of("User", Map.of("Name", "x"))).matched()).isFalse();
    assertThat(bench.outcome("r", Map.of("User", Map.of("Name", "x"))).fault()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "User.Age >= 18|bool|User.Age",
        "User.Profile.Email|string|User.Profile.Email",
        "User.Profile|User.Profile|User.Profile",
        "User.Orders|list(User.Orders)|User.Orders",
        "now - User.Joined|duration|User.Joined",
        "User.?Note|optional(string)|User.Note",
        "User.Tags.map(t, size(t))|list(int)|User.Tags",
        "User.Limits|map(string, int)|User.Limits",
        "User.Extra.a.b|dyn|User.Extra",
        "type(1)|type|``",
        "null|null|``",
        "has(User.Age) && isAdult|bool|User.Age,isAdult",
        "User.Tags.exists(User, User == 'x')|bool|User.Tags",
        "[User, User]|list(User)|User",
        "Transaction.Amount * 0.1 > 100.0|bool|Transaction.Amount",
      },
      quoteCharacter = '`')
  void checkTellsTypeAndReferences(String expression, String type, String references) {
    Check check = new Bench().derived("isAdult", "User.Age >= 18").check(expression);
    assertThat(check.type()).contains(type);
    assertThat(String.join(",", check.references())).isEqualTo(references);
  }

  @Test
  void checkEstimatesCostAndNamesTheDearestPart() {
    var flat = BENCH.check("User.Age > 1 && User.Age < 9").cost().orElseThrow();
    var looping =
        BENCH
            .check("User.Age > 1 && User.Orders.exists(o, User.Tags.exists(t, t == o.Id))")
            .cost()
            .orElseThrow();
    assertThat(flat.typical()).isPositive().isLessThan(20);
    assertThat(looping.typical()).isGreaterThan(20 * flat.typical());
    assertThat(looping.dearest())
        .isEqualTo("User.Orders.exists(o, User.Tags.exists(t, t == o.Id))");
    assertThat(Objects.requireNonNull(flat.dearest())).contains("User.Age");
  }

  @Test
  void nothingIsCheckedWithoutASchema() {
    Bench bench = new Bench(BENCH.compiler(), null).rule("r", "User.Age > 1");
    assertThat(bench.compile().ruleSet().layout()).isEmpty();
    assertThat(bench.compile().verdict().ruleFaults()).isEmpty();
    assertThat(bench.check("User.Age").type()).isEmpty();
  }
}
