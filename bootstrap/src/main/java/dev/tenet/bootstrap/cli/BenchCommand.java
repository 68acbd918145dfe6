package dev.tenet.bootstrap.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/// `tenet bench`, where it cannot be: the benchmarks and what Tenet is measured against are not shipped. In a clone the
/// launcher does not come here.
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Measures the engine and the server beside others; in a clone of the sources only.",
    descriptionHeading = "%n",
    optionListHeading = "%nOptions:%n")
final class BenchCommand implements Callable<Integer> {

  /// Whatever the options are there.
  @Unmatched private List<String> ignored = new ArrayList<>();

  @Override
  public Integer call() throws CommandFailure {
    throw CommandFailure.failed(
        "Benchmarks are not part of a distribution. Run ./tenet bench in a clone of the sources.");
  }
}
