package dev.tenet.bootstrap.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;

import dev.tenet.http.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvalCommandTest {

  private static final Path EXAMPLES = Path.of("..", "examples");

  private static final String BUNDLE =
      """
      name: shop
      schema:
        User: { Age: int, Name: string? }
      derived:
        - name: senior
          expression: adult && User.Age > 65
        - name: adult
          expression: User.Age >= 18
      rules:
        - name: welcome
          expression: adult
          tags: [promo]
          then: { discount: "User.Age / 10" }
        - name: greeting
          expression: User.Name.startsWith('A')
        - name: paused
          expression: "true"
          active: false
        - name: seniors
          expression: senior
      """;

  @TempDir private Path folder = Path.of("");

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private Tenet eval(String bundle, String facts, String... options) throws IOException {
    String[] arguments = new String[options.length + 5];
    arguments[0] = "eval";
    arguments[1] = "--bundle";
    arguments[2] = file("tenant.yaml", bundle);
    arguments[3] = "--facts";
    arguments[4] = "-";
    System.arraycopy(options, 0, arguments, 5, options.length);
    return Tenet.run(Map.of(), facts, arguments);
  }

  private static Object json(String text) {
    try {
      return requireNonNull(StrictJson.parse(text.getBytes(UTF_8)));
    } catch (StrictJson.Malformed e) {
      throw new AssertionError(text, e);
    }
  }

  @ParameterizedTest
  @CsvSource({"card-fraud, 31", "loan-eligibility, 29", "shop-pricing, 31"})
  void examplesAreEvaluatedWithoutAFault(String example, int rules) {
    Path files = EXAMPLES.resolve(example);
    Tenet run =
        Tenet.run(
            "eval",
            "--bundle",
            files.resolve("tenant.yaml").toString(),
            "--facts",
            files.resolve("facts.json").toString(),
            "--json");
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(json(run.out()))
        .asInstanceOf(LIST)
        .hasSize(300)
        .allSatisfy(decision -> assertThat(results(decision)).hasSize(rules));
    assertThat(run.out()).doesNotContain("\"error\"");
    List<?> decisions = (List<?>) json(run.out());
    long matches =
        decisions.stream()
            .flatMap(decision -> results(decision).stream())
            .filter(result -> Boolean.TRUE.equals(((Map<?, ?>) result).get("matched")))
            .count();
    assertThat(matches).isGreaterThan(300);
  }

  private static List<?> results(Object decision) {
    return (List<?>) requireNonNull(((Map<?, ?>) decision).get("results"));
  }

  @ParameterizedTest
  @CsvSource({"card-fraud", "loan-eligibility", "shop-pricing"})
  void everyRuleOfTheExamplesMatchesSometimesAndNotAlways(String example) {
    Path files = EXAMPLES.resolve(example);
    Tenet run =
        Tenet.run(
            "eval",
            "--bundle",
            files.resolve("tenant.yaml").toString(),
            "--facts",
            files.resolve("facts.json").toString());
    assertThat(run.status()).isZero();
    List<String> rules =
        run.outLines().stream().skip(1).takeWhile(line -> !line.isEmpty()).toList();
    assertThat(rules)
        .hasSizeGreaterThan(15)
        .allSatisfy(line -> assertThat(line).matches("\\S+ +[1-9]\\d* +\\d+\\.\\d% +[1-9]\\d* +0"));
    assertThat(run.outLines().getLast()).startsWith("300 fact sets, ").contains(" 0 failed.");
  }

  @Test
  void tableOfASingleFactSet() throws IOException {
    Tenet run = eval(BUNDLE, "{\"User\": {\"Age\": 42, \"Name\": \"Ann\"}}");
    assertThat(run.status()).isZero();
    assertThat(run.outLines())
        .startsWith(
            "RULE      OUTCOME  OUTPUTS OR ERROR",
            "welcome   matched  discount: 4",
            "greeting  matched",
            "seniors   not",
            "")
        .hasSize(6);
    assertThat(run.outLines().getLast())
        .matches("3 rules: 2 matched, 1 did not, 0 failed\\. \\d+\\.\\d{3} ms");
  }

  @Test
  void failedRuleEndsWithStatus1() throws IOException {
    Tenet run = eval(BUNDLE, "{\"User\": {\"Age\": 42}}");
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).containsPattern("greeting +error +\\S+: .+");
    Tenet many = eval(BUNDLE, "[{\"User\": {\"Age\": 42}}]");
    assertThat(many.status()).isEqualTo(1);
    assertThat(many.out()).containsPattern("greeting +0 +0\\.0% +0 +1");
    assertThat(many.err()).startsWith("  fact set 1: greeting: ");
    Tenet asJson = eval(BUNDLE, "{\"User\": {\"Age\": 42}}", "--json");
    assertThat(asJson.status()).isEqualTo(1);
  }

  @Test
  void factsThatContradictTheSchemaEndWithStatus2() throws IOException {
    Tenet run = eval(BUNDLE, "{\"User\": {\"Age\": \"old\"}}");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines())
        .containsExactly(
            "tenet: The facts contradict the schema.",
            "  /User/Age: Expected an integer but found a string.");
    String many = "{\"User\":{\"Age\":20,\"Name\":\"A\"}}\n\n{\"User\":{\"Age\":\"old\"}}\n";
    Tenet table = eval(BUNDLE, many);
    assertThat(table.status()).isEqualTo(2);
    assertThat(table.out()).contains("2 fact sets", "1 fact set contradicts the schema");
    assertThat(table.errLines())
        .containsExactly("  fact set 2: /User/Age: Expected an integer but found a string.");
    Tenet asJson = eval(BUNDLE, many, "--json");
    assertThat(asJson.status()).isEqualTo(2);
    assertThat((List<?>) json(asJson.out())).hasSize(2);
    assertThat(asJson.out())
        .contains("\"code\":\"fact_type_mismatch\"", "\"pointer\":\"/User/Age\"");
  }

  @Test
  void jsonOfASingleFactSetIsTheAnswerOfTheServer() throws IOException {
    Tenet run = eval(BUNDLE, "{\"User\": {\"Age\": 42, \"Name\": \"Ann\"}}", "--json", "--trace");
    assertThat(run.status()).isZero();
    assertThat(run.outLines()).hasSize(1);
    Map<?, ?> decision = (Map<?, ?>) json(run.out());
    assertThat(decision.keySet().stream().map(String::valueOf))
        .containsExactlyInAnyOrder(
            "decisionId", "revision", "schemaVersion", "results", "notFound", "evaluationTime");
    assertThat((Map<?, ?>) results(decision).getFirst())
        .extracting("ruleName", "matched", "outputs")
        .containsExactly("welcome", true, Map.of("discount", 4L));
    assertThat(run.out()).contains("\"trace\":{");
  }

  @Test
  void rulesAndTagsAreChosen() throws IOException {
    String facts = "{\"User\": {\"Age\": 42, \"Name\": \"Ann\"}}";
    assertThat(eval(BUNDLE, facts, "--rule", "seniors", "--rule", "welcome").outLines())
        .startsWith(
            "RULE     OUTCOME  OUTPUTS OR ERROR", "seniors  not", "welcome  matched  discount: 4");
    assertThat(eval(BUNDLE, facts, "--tag", "promo").outLines().getLast()).startsWith("1 rule: ");
    assertThat(eval(BUNDLE, facts, "--rule", "senoirs").errLines())
        .containsExactly("tenet: The bundle has no rule \"senoirs\". Did you mean \"seniors\"?");
    assertThat(eval(BUNDLE, facts, "--rule", "paused").errLines())
        .containsExactly("tenet: The rule \"paused\" is not active.");
    assertThat(eval(BUNDLE, facts, "--tag", "prom").errLines())
        .containsExactly(
            "tenet: No rule of the bundle has the tag \"prom\". Did you mean \"promo\"?");
  }

  @Test
  void limitAndTrace() throws IOException {
    String facts = "[{\"User\": {\"Age\": 42, \"Name\": \"B\"}}, {}, {}]";
    assertThat(eval(BUNDLE, facts, "--limit", "1").outLines().getLast()).startsWith("1 fact set, ");
    assertThat(eval(BUNDLE, facts, "--limit", "0").status()).isEqualTo(2);
    assertThat(eval(BUNDLE, facts, "--trace").status()).isEqualTo(2);
    Tenet traced =
        eval(BUNDLE, "{\"User\":{\"Age\":42,\"Name\":\"B\"}}", "--trace", "--rule", "greeting");
    assertThat(traced.out())
        .contains("greeting did not match", "User.Name", "= \"B\"", "= false", "decided by");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nope           | standard input is not the JSON of fact sets:
          3              | standard input must hold a JSON object, an array of objects, or an object on each line.
          [{}, 3]        | standard input: element 2 is no JSON object.
          {"a":1,"a":2}  | standard input is not the JSON of fact sets:
          """)
  void faultyFactsAreOneLine(String facts, String line) throws IOException {
    Tenet run = eval(BUNDLE, facts);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines()).singleElement().asString().startsWith("tenet: " + line);
  }

  @Test
  void faultyLineOfNdjsonIsNamed() throws IOException {
    Tenet run = eval(BUNDLE, "{}\n{}\n{]\n");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines())
        .singleElement()
        .asString()
        .startsWith(
            "tenet: standard input is not the JSON of fact sets: The line is not valid JSON (line 3, column 3).");
  }

  @Test
  void missingFilesAreOneLine() {
    Tenet run = Tenet.run("eval", "--bundle", "none.yaml", "--facts", "none.json");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errLines()).hasSize(1);
    String facts = EXAMPLES.resolve("card-fraud/first.json").toString();
    Tenet noBundle = Tenet.run("eval", "--bundle", "none.yaml", "--facts", facts);
    assertThat(noBundle.status()).isEqualTo(2);
    assertThat(noBundle.errLines())
        .singleElement()
        .asString()
        .startsWith("tenet: The bundle none.yaml cannot be read;");
  }

  @Test
  void faultsOfABundlePointIntoItsExpressions() throws IOException {
    String bundle =
        """
        name: shop
        schema:
          User: { Age: int }
        derived:
          - name: a
            expression: b + 1
          - name: b
            expression: a + 1
          - name: c
            expression: User.Agee > 3
          - name: d
            expression: "!c"
        rules:
          - name: wrong
            expression: >-
              User.Age > 3
              && User.Aeg < 9
            then: { out: "User.Age +" }
          - name: follows
            expression: c
          - name: fine
            expression: User.Age > 1
          - name: fine
            expression: User.Age > 2
        """;
    Tenet run = eval(bundle, "{}");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    String text = run.err().replace(folder + "/", "");
    assertThat(text)
        .startsWith("tenet: The bundle tenant.yaml has ")
        .contains("tenant.yaml:6:17: derived field \"a\": it needs itself: ")
        .contains("tenant.yaml:10:17: derived field \"c\": ")
        .contains("tenant.yaml:12:17: derived field \"d\": it uses \"c\", which has a fault.")
        .contains("tenant.yaml:15:17: rule \"wrong\": ")
        .contains("tenant.yaml:18:18: rule \"wrong\": ")
        .contains("tenant.yaml:20:17: rule \"follows\": it uses \"c\", which has a fault.")
        .containsPattern("tenant.yaml:\\d+:\\d+: rule \"fine\": ");
    assertThat(text)
        .contains(
            System.lineSeparator()
                + "    User.Agee > 3"
                + System.lineSeparator()
                + "         ^^^^"
                + System.lineSeparator());
    assertThat(text).contains("Age");
  }

  @Test
  void aFaultInABlockHasItsOwnLine() throws IOException {
    Tenet run =
        eval(
            """
            name: shop
            schema:
              User: { Age: int }
            rules:
              - name: wrong
                expression: |
                  User.Age > 3

                    && User.Aeg < 9
            """,
            "{}");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err().replace(folder + "/", "")).contains("tenant.yaml:9:1: rule \"wrong\": ");
  }

  @Test
  void aRuleThatIsNoConditionIsWarnedOf() throws IOException {
    Tenet run =
        eval(
            """
            name: shop
            schema:
              User: { Age: int }
            rules:
              - name: sum
                expression: User.Age + 1
            """,
            "{\"User\": {\"Age\": 1}}");
    assertThat(run.status()).isZero();
    assertThat(run.err().replace(folder + "/", ""))
        .startsWith("tenet: Warning: tenant.yaml:6:17: rule \"sum\": The expression gives int, ")
        .contains("^");
  }

  @Test
  void faultsOfASchemaPointAtItsFields() throws IOException {
    Tenet run = eval("name: x\nschema:\n  User:\n    Age: integer\n", "{}");
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("tenant.yaml:4:5: ");
  }
}
