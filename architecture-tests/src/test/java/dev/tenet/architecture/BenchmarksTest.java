package dev.tenet.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The benchmarks, and whom Tenet is measured against, are never shipped.
final class BenchmarksTest {

  private static final Path ROOT = Path.of("..");
  private static final String MODULE = "<module>benchmarks</module>";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev.tenet.benchmark.BenchCommand",
        "dev.tenet.cel.ConditionExecutors",
        "dev.tenet.cel.index.BreakEvenBenchmark",
        "org.openjdk.jmh.runner.Runner",
        "org.kie.api.KieServices",
        "com.googlecode.aviator.AviatorEvaluator"
      })
  void theDistributionHasNoneOfTheirClasses(String name) {
    assertThatThrownBy(() -> Class.forName(name)).isInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void theyAreBuiltUnderTheirProfileOnly() throws IOException {
    String root = Files.readString(ROOT.resolve("pom.xml"));
    assertThat(root.indexOf(MODULE)).isGreaterThan(root.indexOf("<id>benchmarks</id>"));
    assertThat(root).containsOnlyOnce(MODULE);
  }

  @Test
  void noModuleDependsOnThem() throws IOException {
    List<Path> others;
    try (Stream<Path> files = Files.find(ROOT, 3, (file, _) -> file.endsWith("pom.xml"))) {
      others = files.filter(file -> !file.startsWith(ROOT.resolve("benchmarks"))).toList();
    }
    assertThat(others).hasSizeGreaterThan(10);
    for (Path pom : others) {
      assertThat(Files.readString(pom)).as(pom.toString()).doesNotContain("tenet-benchmarks");
    }
  }
}
