package dev.tenet.bootstrap.cli;

import dev.tenet.bootstrap.policy.PolicyLinker;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `tenet policies`: links the policies that are compiled in.
@Command(
    name = "policies",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Links the policies that are compiled in.",
    descriptionHeading = "%n")
final class PoliciesCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }

  @Command(
      name = "link",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      sortOptions = false,
      description = {
        "Finds the policies in a folder and writes what links them; the next build compiles them in.",
        "Each is a folder with a pom.xml and one class whose name ends with Policy. What links them are the aggregator pom.xml and the module linked/ with a registry."
      },
      descriptionHeading = "%n",
      optionListHeading = "%nOptions:%n")
  int link(
      @Option(
              names = "--dir",
              paramLabel = "DIR",
              description = "The folder; default policies, beside the launcher.")
          @Nullable Path directory)
      throws CommandFailure {
    Path folder =
        directory == null ? Path.of(System.getProperty("tenet.home", "."), "policies") : directory;
    if (directory != null && !Files.isDirectory(directory)) {
      throw CommandFailure.badInput(
          "There is no folder %s; --dir needs the one with the policies.".formatted(directory));
    }
    PrintWriter out = spec.commandLine().getOut();
    try {
      PolicyLinker.Result result = PolicyLinker.link(folder);
      result.skipped().forEach(reason -> out.println("left out: " + reason));
      if (result.policies().isEmpty()) {
        out.println("There are no policies in %s; the registry is empty.".formatted(folder));
      }
      result.policies().forEach(policy -> out.println("linked: " + policy));
      result.written().forEach(file -> out.println("written: " + file));
      out.flush();
      return 0;
    } catch (PolicyLinker.Unlinkable e) {
      throw CommandFailure.badInput(TenetCommand.oneLine(e.getMessage()));
    } catch (IOException e) {
      throw CommandFailure.failed(
          "%s cannot be read or written: %s".formatted(folder, e.getMessage()));
    }
  }
}
