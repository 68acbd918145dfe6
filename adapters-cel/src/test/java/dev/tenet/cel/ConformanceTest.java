package dev.tenet.cel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// CEL's public conformance suite, on Tenet's own nodes. It is looked for beside the project, in `shared/cel-spec`; what is
/// left out of it is in [ConformanceExclusions].
class ConformanceTest {

  private static final Path SUITE = Path.of("..", "..", "shared", "cel-spec", "testdata");

  private final ConformanceRunner runner = new ConformanceRunner();

  private static List<ConformanceCase> suite() throws IOException {
    assumeTrue(
        Files.isDirectory(SUITE),
        "CEL's conformance suite (tests/simple of github.com/google/cel-spec) is not in "
            + SUITE.toAbsolutePath().normalize());
    List<ConformanceCase> cases = new ArrayList<>();
    try (Stream<Path> files = Files.list(SUITE)) {
      for (Path file :
          files.filter(path -> path.toString().endsWith(".textproto")).sorted().toList()) {
        cases.addAll(ConformanceCase.of(TextProto.parse(Files.readString(file))));
      }
    }
    return cases;
  }

  @TestFactory
  Stream<DynamicNode> conforms() throws IOException {
    Map<String, List<ConformanceCase>> sections =
        suite().stream()
            .filter(test -> !ConformanceExclusions.excludes(test))
            .collect(
                Collectors.groupingBy(
                    ConformanceCase::section, LinkedHashMap::new, Collectors.toList()));
    return sections.entrySet().stream()
        .map(
            section ->
                dynamicContainer(section.getKey(), section.getValue().stream().map(this::test)));
  }

  private DynamicNode test(ConformanceCase test) {
    return dynamicTest(
        test.name(), () -> assertThat(runner.deviation(test)).as(test.expression()).isEmpty());
  }

  /// A pattern under which everything conforms is stale: it would hide a new deviation.
  @Test
  void everyExclusionIsNeeded() throws IOException {
    Set<String> stale = new TreeSet<>();
    ConformanceExclusions.ALL.forEach(exclusion -> stale.addAll(exclusion.patterns()));
    for (ConformanceCase test : suite()) {
      if (runner.deviation(test).isPresent()) {
        ConformanceExclusions.ALL.forEach(
            exclusion -> exclusion.match(test.name()).ifPresent(stale::remove));
      }
    }
    assertThat(stale).isEmpty();
  }

  @Test
  void thePageHasTheNumbers() throws IOException {
    List<ConformanceCase> suite = suite();
    List<ConformanceCase> run =
        suite.stream().filter(test -> !ConformanceExclusions.excludes(test)).toList();
    long passed = run.stream().filter(test -> runner.deviation(test).isEmpty()).count();
    String numbers =
        "Of its %d cases %d run and %d of these pass; %d are left out"
            .formatted(suite.size(), run.size(), passed, suite.size() - run.size());
    System.out.println("CEL's conformance suite: " + numbers);
    String page = Files.readString(Path.of("..", "docs", "cel.md")).replace('\n', ' ');
    assertThat(page.contains(numbers)).as("docs/cel.md says: " + numbers).isTrue();
  }
}
