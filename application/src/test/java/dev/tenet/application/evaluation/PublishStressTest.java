package dev.tenet.application.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jcstress.Main;
import org.openjdk.jcstress.annotations.JCStressTest;

/// Runs [PublishStress] with jcstress: briefly, in one configuration; or, when the system property `jcstress` names one of
/// its modes (`quick`, `default`, `tough`, `stress`), in that mode and in all configurations. The forked processes get the
/// options of the first one.
@Tag("slow")
final class PublishStressTest {

  private static final List<String> BRIEFLY =
      List.of(
          "-f",
          "1",
          "-iters",
          "1",
          "-time",
          "500",
          "-sc",
          "false",
          "-af",
          "NONE",
          "-pth",
          "false",
          "-jvmArgs",
          "-XX:TieredStopAtLevel=1");
  private static final Pattern PROGRESS =
      Pattern.compile("(?<planned>\\d+) planned; (?<passed>\\d+) passed, (?<failed>\\d+) failed,");

  private static String report = "";

  @BeforeAll
  static void run() throws IOException, InterruptedException {
    assumeTrue(
        Runtime.getRuntime().availableProcessors() >= 2,
        "jcstress needs a processor for each of two threads");
    Path folder = Files.createDirectories(Path.of("target", "jcstress")).toAbsolutePath();
    Path console = folder.resolve("console.txt");
    Optional<String> mode = Optional.ofNullable(System.getProperty("jcstress"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(Main.class.getName(), "-r", folder.resolve("report").toString()));
    command.addAll(mode.map(named -> List.of("-m", named)).orElse(BRIEFLY));
    Process jcstress =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(console.toFile())
            .start();
    try {
      boolean ended =
          jcstress.waitFor(mode.isPresent() ? Duration.ofDays(1) : Duration.ofMinutes(20));
      report = Files.readString(console, UTF_8);
      assertThat(ended).as("jcstress came to an end:%n%s", report).isTrue();
    } finally {
      jcstress.descendants().forEach(ProcessHandle::destroyForcibly);
      jcstress.destroyForcibly();
    }
  }

  /// {@return what went wrong, a line for each test and configuration}
  private static List<String> failures() {
    return report
        .substring(Math.max(0, report.indexOf("TEST FAILURES:")))
        .lines()
        .filter(line -> line.startsWith("dev.tenet."))
        .toList();
  }

  private static boolean isPlanted(String failure) {
    return failure.startsWith(PlantedCheckThenSet.class.getName() + " ");
  }

  @Test
  void onlyWhatIsAllowedHappens() {
    assertThat(failures().stream().filter(failure -> !isPlanted(failure)))
        .as(report.substring(Math.max(0, report.indexOf("RUN RESULTS:"))))
        .isEmpty();
  }

  @Test
  void everythingWasRun() {
    List<MatchResult> progress = PROGRESS.matcher(report).results().toList();
    assertThat(progress).as(report).isNotEmpty();
    MatchResult last = progress.getLast();
    long planned = Long.parseLong(last.group("planned"));
    long tests =
        Stream.of(PublishStress.class.getClasses())
            .filter(type -> type.isAnnotationPresent(JCStressTest.class))
            .count();

    assertThat(tests).isPositive();
    assertThat(planned).isGreaterThan(tests);
    assertThat(Long.parseLong(last.group("passed")) + Long.parseLong(last.group("failed")))
        .as(report)
        .isEqualTo(planned);
  }

  @Test
  void aPlantedFaultIsFound() {
    assertThat(failures()).as(report).anyMatch(PublishStressTest::isPlanted);
  }
}
