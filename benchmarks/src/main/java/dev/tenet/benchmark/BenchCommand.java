package dev.tenet.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenet.benchmark.report.PerformancePage;
import dev.tenet.benchmark.report.Target;
import dev.tenet.benchmark.report.TargetTable;
import dev.tenet.benchmark.report.Targets;
import dev.tenet.benchmark.run.Effort;
import dev.tenet.benchmark.run.Measuring;
import dev.tenet.benchmark.run.Plan;
import dev.tenet.benchmark.run.Scores;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `tenet bench`: measures the ratios that Tenet wants to reach.
@Command(
    name = "tenet bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description =
        "Measures Tenet beside cel-java, Drools, Aviator and plain Java, and prints what it wants to reach and does.",
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%n",
    footer = {
      "Takes a few minutes, during which the machine should do nothing else.",
      "",
      "Exit status: 0 everything was measured, whether or not the targets are met; 1 a measurement failed."
    })
public final class BenchCommand implements Callable<Integer> {

  private static final String HOME = "tenet.home";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "Prints JSON: a list of metric, value, target and met.")
  private boolean json;

  @Option(
      names = "--full",
      description =
          "Measures everything that docs/performance.md shows, which takes half an hour, and writes it there.")
  private boolean full;

  private BenchCommand() {}

  /// Measures, prints, and exits.
  public static void main(String[] arguments) {
    Logger.getLogger("").setLevel(Level.WARNING);
    PrintWriter out = new PrintWriter(new FileOutputStream(FileDescriptor.out), false, UTF_8);
    PrintWriter err = new PrintWriter(new FileOutputStream(FileDescriptor.err), true, UTF_8);
    int status =
        new CommandLine(new BenchCommand())
            .setOut(out)
            .setErr(err)
            .setParameterExceptionHandler(
                (e, given) -> {
                  err.println("tenet: %s See tenet bench --help".formatted(e.getMessage()));
                  return ExitCode.USAGE;
                })
            .setExecutionExceptionHandler(
                (e, command, parsed) -> {
                  err.println("tenet: " + Objects.requireNonNullElse(e.getMessage(), e.toString()));
                  return ExitCode.SOFTWARE;
                })
            .execute(arguments);
    out.flush();
    System.exit(status);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    long begin = System.nanoTime();
    Path documentation = Path.of(System.getProperty(HOME, ".")).resolve("docs");
    if (full) {
      PerformancePage.check(documentation);
    }
    Measuring measuring =
        new Measuring(full ? Effort.LONG : Effort.SHORT, line -> tell(line, begin));
    Scores scores = measuring.measure(full ? Plan.everything() : Plan.targets());
    List<Target> targets = Targets.of(scores);
    if (full) {
      new PerformancePage(scores, targets, machine()).write(documentation);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(TargetTable.json(targets));
    } else {
      TargetTable.text(targets).forEach(out::println);
    }
    out.flush();
    return scores.complete() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private void tell(String line, long begin) {
    long seconds = Duration.ofNanos(System.nanoTime() - begin).toSeconds();
    spec.commandLine().getErr().printf("[%3d:%02d] %s%n", seconds / 60, seconds % 60, line);
  }

  private static String machine() {
    Runtime runtime = Runtime.getRuntime();
    return "Measured on %s: %d processors (%s, %s), Java %s."
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            runtime.availableProcessors(),
            System.getProperty("os.arch"),
            System.getProperty("os.name"),
            System.getProperty("java.version"));
  }
}
