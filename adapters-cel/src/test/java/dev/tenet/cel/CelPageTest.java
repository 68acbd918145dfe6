package dev.tenet.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.domain.tenant.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The page docs/cel.md is true: its examples run, and its codes and limits are the real ones.
class CelPageTest {

  private static final Pattern EXAMPLE = Pattern.compile("(.+?)  // => (.+)");
  private static final Pattern CODE = Pattern.compile("`([a-z_]+)`");

  private static final Map<String, Object> SCHEMA =
      Map.of(
          "User",
          Map.ofEntries(
              Map.entry("Age", "int"),
              Map.entry("Name", "string"),
              Map.entry("Country", "string"),
              Map.entry("Joined", "timestamp"),
              Map.entry("Session", "duration"),
              Map.entry("Tags", "list<string>"),
              Map.entry("Limits", "map<string,int>"),
              Map.entry("Card", Map.of("enum", List.of("visa", "mastercard"))),
              Map.entry("Profile", Map.of("Email", "string", "Level", "int?")),
              Map.entry(
                  "Orders",
                  Map.of("list", Map.of("object", Map.of("Id", "string", "Total", "float64")))),
              Map.entry("Extra", "dyn"),
              Map.entry("Note", "string?")),
          "Transaction",
          Map.of("Amount", "float64"));
  private static final Map<String, Object> FACTS =
      Map.of(
          "User",
          Map.ofEntries(
              Map.entry("Age", 25L),
              Map.entry("Name", "Ann"),
              Map.entry("Country", "CA"),
              Map.entry("Joined", "2024-01-01T00:00:00Z"),
              Map.entry("Session", "1h30m"),
              Map.entry("Tags", List.of("new", "beta")),
              Map.entry("Limits", Map.of("daily", 500L)),
              Map.entry("Card", "visa"),
              Map.entry("Profile", Map.of("Email", "ann@example.org")),
              Map.entry(
                  "Orders",
                  List.of(Map.of("Id", "o1", "Total", 5.5), Map.of("Id", "o2", "Total", 2.0))),
              Map.entry("Extra", Map.of("k", 1L))),
          "Transaction",
          Map.of("Amount", 1500.0));

  private static final CelRuleCompiler COMPILER = new CelRuleCompiler(Limits.DEFAULT, List.of());

  private static String page() throws IOException {
    Path page = Path.of("..", "docs", "cel.md");
    return Files.readString(page);
  }

  static Stream<String> examples() throws IOException {
    return page().lines().filter(line -> EXAMPLE.matcher(line).matches() && !line.contains("`"));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void exampleGivesItsValue(String example) {
    MatchResult parts = EXAMPLE.matcher(example).results().findFirst().orElseThrow();
    Bench bench = new Bench(COMPILER, SCHEMA).derived("isAdult", "User.Age >= 18");
    assertThat(bench.value(parts.group(1), FACTS)).isEqualTo(bench.value(parts.group(2), FACTS));
  }

  @Test
  void thereAreExamplesForEveryFunction() throws IOException {
    String examples = String.join("\n", examples().toList());
    Set<String> missing = new TreeSet<>();
    FunctionTable table =
        new FunctionTable(new StandardFunctions(ExpressionChecker.options(Limits.DEFAULT)));
    for (String name : table.names()) {
      if (!examples.contains(name + "(")) {
        missing.add(name);
      }
    }
    missing.removeAll(Set.of("existsOne", "uint"));
    assertThat(missing).isEmpty();
  }

  @Test
  void limitsAreTheDefaults() throws IOException {
    Limits limits = Limits.DEFAULT;
    assertThat(limitOf("length of an expression")).isEqualTo(limits.expressionLength());
    assertThat(limitOf("depth of an expression")).isEqualTo(limits.expressionDepth());
    assertThat(limitOf("nodes of an expression")).isEqualTo(limits.expressionNodes());
    assertThat(limitOf("nesting of comprehensions")).isEqualTo(limits.comprehensionNesting());
    assertThat(limitOf("work of one rule")).isEqualTo(limits.ruleCost());
    assertThat(limitOf("time of one decision")).isEqualTo(limits.evaluationTime().toMillis());
    assertThat(limitOf("all outputs")).isEqualTo(DecisionRun.LARGEST_RESULT);
  }

  private static long limitOf(String name) throws IOException {
    String line =
        page().lines().filter(row -> row.startsWith("| " + name)).findFirst().orElseThrow();
    List<String> cells = List.of(line.replace("\\|", "").split("\\|", -1));
    return Long.parseLong(cells.get(2).strip());
  }

  @Test
  void everyCodeInTheSourcesIsOnThePage() throws IOException {
    Set<String> documented = new TreeSet<>();
    CODE.matcher(page()).results().forEach(match -> documented.add(match.group(1)));
    Pattern used =
        Pattern.compile(
            "(?:EvaluationFault\\.(?:of|exhausted)|Diagnostic\\.(?:error|warning)|new RuleFault)\\(\\s*\"([a-z_]+)\"");
    Set<String> codes = new TreeSet<>();
    try (Stream<Path> sources = Files.walk(Path.of("src", "main", "java"))) {
      for (Path source : sources.filter(path -> path.toString().endsWith(".java")).toList()) {
        used.matcher(Files.readString(source))
            .results()
            .forEach(match -> codes.add(Objects.requireNonNull(match.group(1))));
      }
    }
    assertThat(codes).hasSizeGreaterThan(20);
    assertThat(documented).containsAll(codes);
  }
}
