package dev.tenet.benchmark.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenet.benchmark.run.Measuring;
import dev.tenet.benchmark.run.Plan;
import dev.tenet.benchmark.run.Score;
import dev.tenet.benchmark.run.Scores;
import dev.tenet.http.json.StrictJson;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xml.sax.InputSource;

/// What is made of values.
class ReportTest {

  private static final Scores SCORES =
      new Scores(
          List.of(
              condition("SIMPLE", "TREE", 10),
              condition("SIMPLE", "PLANNER_STRUCTS", 120),
              rules("TENET", 1_000, 500, Score.NANOSECONDS),
              rules("TENET", 1_000, 300, Score.BYTES),
              rules("TENET", 10_000, 1_500, Score.NANOSECONDS),
              rules("PLANNER_STRUCTS", 1_000, 60_000, Score.NANOSECONDS),
              rules("PLANNER_MAPS", 10_000, 6_000_000, Score.NANOSECONDS),
              score(Plan.ANSWER, Map.of(), 300, Score.BYTES),
              score(Plan.COMPILE_EVERYTHING, Map.of(), 1_100, Score.NANOSECONDS),
              score(Plan.COMPILE_CHECKED, Map.of(), 100, Score.NANOSECONDS),
              score(Plan.COMPILE_ONE_MORE, Map.of(), 33, Score.NANOSECONDS),
              score(
                  Measuring.HTTP,
                  Map.of(Measuring.SERVER, Measuring.OPEN, Measuring.ANSWER, Measuring.FIXED),
                  0.75,
                  Measuring.SHARE)),
          true);

  private static Score condition(String question, String condition, double value) {
    return score(
        Plan.CONDITION,
        Map.of(Plan.QUESTION, question, Plan.EXECUTOR, condition),
        value,
        Score.NANOSECONDS);
  }

  private static Score rules(String entrant, int rules, double value, String unit) {
    return score(
        Plan.RULE_SET,
        Map.of(Plan.ENTRANT, entrant, Plan.RULES, Integer.toString(rules), Plan.SHAPE, "SELECTIVE"),
        value,
        unit);
  }

  private static Score score(
      String benchmark, Map<String, String> parameters, double value, String unit) {
    return new Score(benchmark, new TreeMap<>(parameters), value, Double.NaN, unit);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          one rule, tree,       | 12           | >= 10    | yes
          one rule, bytecode    | not measured | >= 25    | no
          1,000 rules against cel-java | 120   | >= 100   | yes
          10,000 indexable      | 4,000        | >= 5,000 | no
          20 % not indexable    | not measured | >= 500   | no
          10,000 rules against 1,000 | 3       | <= 2     | no
          memory of a decision  | 1            | <= 1.10  | yes
          index of 10,000 rules | 0.100        | <= 0.100 | yes
          one rule added        | 0.0300       | <= 0.0200 | no
          evaluate endpoint     | 0.750        | >= 0.900 | no
          """)
  void ratiosAreHeldAgainstTheirTargets(String metric, String value, String target, String met) {
    assertThat(TargetTable.markdown(Targets.of(SCORES)))
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains(metric)
                    .endsWith("| %s | %s | %s |".formatted(value, target, met)));
  }

  @Test
  void thereIsOneTargetForEachRatioThatWasPromised() {
    assertThat(Targets.of(new Scores(List.of(), false)))
        .hasSize(19)
        .noneMatch(Target::met)
        .extracting(Target::metric)
        .doesNotHaveDuplicates();
  }

  @Test
  void columnsOfTheTextAreAligned() {
    List<String> lines = TargetTable.text(Targets.of(SCORES));
    int end = lines.getFirst().indexOf("TARGET") + "TARGET".length();
    assertThat(lines).hasSize(20).allSatisfy(line -> assertThat(line.charAt(end)).isEqualTo(' '));
  }

  @Test
  void jsonIsForMachines() throws StrictJson.Malformed {
    Object plain = StrictJson.parse(TargetTable.json(Targets.of(SCORES)).getBytes(UTF_8));
    List<?> targets = plain instanceof List<?> list ? list : List.of();
    assertThat(targets).hasSize(19);
    assertThat(targets.getFirst())
        .hasToString(
            "{metric=one rule, tree, against cel-java's planner on its best input (times faster), "
                + "value=12.0, target=>= 10, met=true}");
    assertThat(targets.get(1)).asString().contains("value=null", "met=false");
  }

  @Test
  void aPageGetsTablesAndPlotsBetweenItsMarks(@TempDir Path documentation) throws Exception {
    Path page = documentation.resolve("performance.md");
    Files.writeString(
        page, "before\n%s\nold\n%s\nafter\n".formatted(PerformancePage.BEGIN, PerformancePage.END));
    var writer = new PerformancePage(SCORES, Targets.of(SCORES), "On a machine.");
    writer.write(documentation);
    String once = Files.readString(page);
    writer.write(documentation);
    assertThat(Files.readString(page))
        .isEqualTo(once)
        .startsWith("before\n")
        .endsWith("\nafter\n")
        .doesNotContain("old")
        .contains("On a machine.", "| Tenet | 0.500 | 1.50 |", "(performance/selective.svg)");
    assertThat(documentation.resolve("performance/selective.svg")).exists();
    assertThat(documentation.resolve("performance/broad.svg")).doesNotExist();
    assertThat(Files.readAllLines(documentation.resolve("performance/measured.csv")))
        .hasSize(SCORES.all().size() + 1)
        .contains("RuleSetBenchmark.decide,entrant=TENET rules=1000 shape=SELECTIVE,500.0,,ns");
  }

  @Test
  void aPageWithoutMarksIsNotTouched(@TempDir Path documentation) throws IOException {
    Path page = Files.writeString(documentation.resolve("performance.md"), "mine\n");
    var writer = new PerformancePage(SCORES, List.of(), "On a machine.");
    for (ThrowingCallable use :
        List.<ThrowingCallable>of(
            () -> writer.write(documentation), () -> PerformancePage.check(documentation))) {
      assertThatThrownBy(use)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("performance.md needs the lines");
    }
    assertThat(page).hasContent("mine");
  }

  @Test
  void aPlotHasALineForEachContestant() throws Exception {
    List<CostPlot.Series> series = new ArrayList<>();
    for (int i = 1; i <= 6; i++) {
      series.add(
          new CostPlot.Series(
              "contestant <" + i + ">",
              List.of(new CostPlot.Point(1, 10 * i), new CostPlot.Point(100_000, 1_000 * i))));
    }
    String svg = CostPlot.svg("Rules & more", series);
    var document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)));
    assertThat(document.getElementsByTagName("circle").getLength()).isEqualTo(12);
    assertThat(document.getDocumentElement().getAttribute("aria-label")).isEqualTo("Rules & more");
    assertThat(document.getDocumentElement().getTextContent())
        .contains("contestant <6>", "100,000", "10 ns", "10 µs", "prefers-color-scheme: dark");
  }
}
