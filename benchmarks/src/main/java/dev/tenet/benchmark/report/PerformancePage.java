package dev.tenet.benchmark.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenet.benchmark.contestant.Condition;
import dev.tenet.benchmark.contestant.Entrant;
import dev.tenet.benchmark.contestant.Question;
import dev.tenet.benchmark.report.CostPlot.Point;
import dev.tenet.benchmark.report.CostPlot.Series;
import dev.tenet.benchmark.rules.RuleShape;
import dev.tenet.benchmark.run.Measuring;
import dev.tenet.benchmark.run.Plan;
import dev.tenet.benchmark.run.Score;
import dev.tenet.benchmark.run.Scores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Puts what was measured into the documentation: the values as CSV, the plots as SVG, and the tables between two marks of
/// the page about performance.
public final class PerformancePage {

  static final String BEGIN = "<!-- measured: begin -->";
  static final String END = "<!-- measured: end -->";

  private static final String FOLDER = "performance";
  private static final String VALUES = "measured.csv";
  private static final String TARGETS = "targets.json";
  private static final String PAGE = "performance.md";

  private final Scores scores;
  private final List<Target> targets;
  private final String machine;

  /// @param machine what it was measured on, in a sentence
  public PerformancePage(Scores scores, List<Target> targets, String machine) {
    this.scores = scores;
    this.targets = targets;
    this.machine = machine;
  }

  /// Looks whether there is a page to write to.
  ///
  /// @param documentation the folder of the page
  /// @throws IOException when it cannot be read, or lacks the marks
  public static void check(Path documentation) throws IOException {
    requireMarks(Files.readString(documentation.resolve(PAGE), UTF_8));
  }

  private static void requireMarks(String page) throws IOException {
    int begin = page.indexOf(BEGIN);
    if (begin < 0 || page.indexOf(END) < begin) {
      throw new IOException("%s needs the lines %s and %s.".formatted(PAGE, BEGIN, END));
    }
  }

  /// Writes the files and the part of the page.
  ///
  /// @param documentation the folder of the page
  /// @throws IOException when a file cannot be written, or the page lacks the marks
  public void write(Path documentation) throws IOException {
    Path folder = Files.createDirectories(documentation.resolve(FOLDER));
    Files.writeString(folder.resolve(VALUES), csv(), UTF_8);
    Files.writeString(folder.resolve(TARGETS), TargetTable.json(targets) + "\n", UTF_8);
    for (RuleShape shape : RuleShape.values()) {
      List<Series> series = series(shape);
      if (!series.isEmpty()) {
        Files.writeString(
            folder.resolve(picture(shape)), CostPlot.svg(title(shape), series), UTF_8);
      }
    }
    Path page = documentation.resolve(PAGE);
    Files.writeString(page, replaced(Files.readString(page, UTF_8)), UTF_8);
  }

  private String replaced(String page) throws IOException {
    requireMarks(page);
    return page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
        + "\n\n"
        + String.join("\n", lines())
        + "\n\n"
        + page.substring(page.indexOf(END));
  }

  private String csv() {
    return scores.all().stream()
        .map(
            score ->
                String.format(
                    Locale.ROOT,
                    "%s,%s,%s,%s,%s",
                    score.benchmark(),
                    score.parameters().entrySet().stream()
                        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                        .collect(Collectors.joining(" ")),
                    score.value(),
                    Double.isNaN(score.error()) ? "" : score.error(),
                    score.unit()))
        .collect(Collectors.joining("\n", "benchmark,parameters,value,error,unit\n", "\n"));
  }

  private List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s All values are in [%s](%s/%s), the targets in [%s](%s/%s)."
            .formatted(machine, VALUES, FOLDER, VALUES, TARGETS, FOLDER, TARGETS));
    lines.add("");
    lines.addAll(TargetTable.markdown(targets));
    lines.add("");
    lines.add("One condition on facts that are there, nanoseconds:");
    lines.add("");
    lines.addAll(conditions());
    for (RuleShape shape : RuleShape.values()) {
      if (!series(shape).isEmpty()) {
        lines.add("");
        lines.add("%s, a decision in microseconds:".formatted(title(shape)));
        lines.add("");
        lines.addAll(ruleSets(shape));
        lines.add("");
        lines.add("![%s](%s/%s)".formatted(title(shape), FOLDER, picture(shape)));
      }
    }
    lines.add("");
    lines.add("Everything else:");
    lines.add("");
    lines.addAll(others());
    return lines;
  }

  private List<String> conditions() {
    List<String> lines = new ArrayList<>();
    lines.add("| | three comparisons | comprehension over 20 elements |");
    lines.add("|---|---:|---:|");
    for (Condition condition : Condition.values()) {
      lines.add(
          "| %s | %s | %s |"
              .formatted(
                  condition.title(),
                  condition(condition, Question.SIMPLE),
                  condition(condition, Question.COMPREHENSION)));
    }
    return lines;
  }

  private String condition(Condition condition, Question question) {
    return cell(
        scores.time(
            Plan.CONDITION,
            Map.of(Plan.EXECUTOR, condition.name(), Plan.QUESTION, question.name())),
        1);
  }

  private List<String> ruleSets(RuleShape shape) {
    SortedSet<Integer> sizes = new TreeSet<>();
    series(shape).forEach(one -> one.points().forEach(point -> sizes.add(point.rules())));
    List<String> lines = new ArrayList<>();
    lines.add(
        sizes.stream()
            .map(size -> String.format(Locale.ROOT, "%,d", size))
            .collect(Collectors.joining(" | ", "| rules | ", " |")));
    lines.add("|---|" + "---:|".repeat(sizes.size()));
    for (Entrant entrant : Entrant.values()) {
      lines.add(
          sizes.stream()
              .map(size -> cell(ruleSet(entrant, shape, size), 1_000))
              .collect(Collectors.joining(" | ", "| " + entrant.title() + " | ", " |")));
    }
    return lines;
  }

  private OptionalDouble ruleSet(Entrant entrant, RuleShape shape, int rules) {
    return scores.time(
        Plan.RULE_SET,
        Map.of(
            Plan.ENTRANT,
            entrant.name(),
            Plan.SHAPE,
            shape.name(),
            Plan.RULES,
            Integer.toString(rules)));
  }

  private List<Series> series(RuleShape shape) {
    List<Series> series = new ArrayList<>();
    for (Entrant entrant : Entrant.values()) {
      List<Point> points =
          scores.all().stream()
              .filter(
                  score ->
                      score.benchmark().equals(Plan.RULE_SET)
                          && score.unit().equals(Score.NANOSECONDS)
                          && shape.name().equals(score.parameters().get(Plan.SHAPE))
                          && entrant.name().equals(score.parameters().get(Plan.ENTRANT)))
              .map(
                  score ->
                      new Point(
                          Integer.parseInt(score.parameters().getOrDefault(Plan.RULES, "1")),
                          score.value()))
              .toList();
      if (!points.isEmpty()) {
        series.add(new Series(entrant.title(), points));
      }
    }
    return series;
  }

  private List<String> others() {
    List<String> lines = new ArrayList<>();
    lines.add("| | |");
    lines.add("|---|---:|");
    other(
        lines, "a request's facts, from bytes to slots, ns", scores.time(Plan.FACTS, Map.of()), 1);
    other(lines, "the same, bytes allocated", scores.allocated(Plan.FACTS, Map.of()), 1);
    other(
        lines,
        "a decision by 1,000 rules, bytes allocated",
        scores.allocated(
            Plan.RULE_SET,
            Map.of(
                Plan.ENTRANT,
                Entrant.TENET.name(),
                Plan.SHAPE,
                RuleShape.SELECTIVE.name(),
                Plan.RULES,
                "1000")),
        1);
    other(lines, "its answer alone, bytes allocated", scores.allocated(Plan.ANSWER, Map.of()), 1);
    other(
        lines,
        "10,000 rules compiled, ms",
        scores.time(Plan.COMPILE_EVERYTHING, Map.of()),
        1_000_000);
    other(
        lines,
        "the same, all of them checked before, ms",
        scores.time(Plan.COMPILE_CHECKED, Map.of()),
        1_000_000);
    other(
        lines,
        "one rule added to 10,000 and evaluated, ms",
        scores.time(Plan.COMPILE_ONE_MORE, Map.of()),
        1_000_000);
    other(lines, "evaluations a second over HTTP", served(Measuring.OPEN, Measuring.EVALUATED), 1);
    other(
        lines,
        "fixed answers a second of the same server",
        served(Measuring.OPEN, Measuring.FIXED),
        1);
    other(
        lines,
        "evaluations a second with keys, quota, metrics and access log",
        served(Measuring.GOVERNED, Measuring.EVALUATED),
        1);
    other(
        lines,
        "fixed answers a second of the same server",
        served(Measuring.GOVERNED, Measuring.FIXED),
        1);
    other(
        lines,
        "fixed answers a second of a server that does nothing else",
        scores.find(Measuring.HTTP, Measuring.PER_SECOND, Map.of(Measuring.ANSWER, Measuring.BARE)),
        1);
    other(lines, "share of the evaluations in these", bareShare(Measuring.OPEN), 1);
    other(
        lines,
        "the same with keys, quota, metrics and access log",
        bareShare(Measuring.GOVERNED),
        1);
    return lines;
  }

  private OptionalDouble served(String server, String answer) {
    return scores.find(
        Measuring.HTTP,
        Measuring.PER_SECOND,
        Map.of(Measuring.SERVER, server, Measuring.ANSWER, answer));
  }

  private OptionalDouble bareShare(String server) {
    return scores.find(
        Measuring.HTTP,
        Measuring.SHARE,
        Map.of(Measuring.SERVER, server, Measuring.ANSWER, Measuring.BARE));
  }

  private static void other(List<String> lines, String what, OptionalDouble value, double unit) {
    lines.add("| %s | %s |".formatted(what, cell(value, unit)));
  }

  private static String cell(OptionalDouble value, double unit) {
    return value.isPresent() ? Target.number(value.getAsDouble() / unit) : "";
  }

  private static String title(RuleShape shape) {
    return switch (shape) {
      case SELECTIVE -> "Rules of which 0.6 % match";
      case BROAD -> "Rules of which 30 % match";
      case PARTLY_INDEXABLE -> "Rules of which 0.6 % match and 20 % cannot be indexed";
    };
  }

  private static String picture(RuleShape shape) {
    return shape.name().toLowerCase(Locale.ROOT).replace('_', '-') + ".svg";
  }
}
