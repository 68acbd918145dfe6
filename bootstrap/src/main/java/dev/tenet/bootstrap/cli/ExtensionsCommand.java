package dev.tenet.bootstrap.cli;

import dev.tenet.bootstrap.config.ConfigurationReader;
import dev.tenet.bootstrap.config.InvalidConfiguration;
import dev.tenet.bootstrap.config.Setting;
import dev.tenet.bootstrap.extension.ExtensionFolder;
import dev.tenet.bootstrap.extension.Extensions;
import dev.tenet.bootstrap.extension.JarReport;
import dev.tenet.cel.CelRuleCompiler;
import dev.tenet.domain.diagnostic.Quoted;
import dev.tenet.domain.tenant.Limits;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `tenet extensions`: tells what extension jars add, and what is wrong with them, without a server.
@Command(
    name = "extensions",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Tells what extension jars add, and what is wrong with them.",
    descriptionHeading = "%n",
    footerHeading = "%n",
    footer = "Jars are loaded and their providers made: list and check only what you trust.")
final class ExtensionsCommand implements Runnable {

  private final Surroundings surroundings;

  @Spec private CommandSpec spec = CommandSpec.create();

  ExtensionsCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description = "Lists the jars of the folder with what each adds and what is wrong with it.",
      descriptionHeading = "%n",
      optionListHeading = "%nOptions:%n")
  int list(
      @Option(
              names = "--extensions",
              paramLabel = "DIR",
              description = {"Folder of extension jars.", "[TENET_EXTENSIONS; default none]"})
          @Nullable String folder)
      throws CommandFailure {
    PrintWriter out = spec.commandLine().getOut();
    Map<Setting, String> options = folder == null ? Map.of() : Map.of(Setting.EXTENSIONS, folder);
    try (ExtensionFolder loaded =
        ExtensionFolder.open(
            ConfigurationReader.extensions(options, surroundings.environment()), functions())) {
      Extensions extensions = loaded.present();
      extensions.jars().forEach(jar -> print(jar, out));
      if (extensions.jars().isEmpty()) {
        out.println("There are no extension jars.");
      }
      extensions.otherFaults().forEach(fault -> out.println("fault  " + fault));
      out.flush();
      return 0;
    } catch (InvalidConfiguration e) {
      throw CommandFailure.badInput(e.lines());
    }
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      versionProvider = Version.class,
      description =
          "Tells what a jar would add; exit status 1 with the reasons when not all of it can be used.",
      descriptionHeading = "%n",
      parameterListHeading = "%n")
  int check(@Parameters(paramLabel = "FILE", description = "The extension jar.") String file)
      throws CommandFailure {
    JarReport report = ExtensionFolder.check(existing(file), functions());
    PrintWriter out = spec.commandLine().getOut();
    print(report, out);
    out.flush();
    return report.faults().isEmpty() ? 0 : 1;
  }

  private static Path existing(String file) throws CommandFailure {
    try {
      Path path = Path.of(file);
      if (Files.exists(path)) {
        return path;
      }
    } catch (InvalidPathException e) {
      // It is no file, either.
    }
    throw CommandFailure.badInput("There is no file %s.".formatted(Quoted.text(file)));
  }

  private static Extensions.FunctionCheck functions() {
    return new CelRuleCompiler(Limits.DEFAULT, List.of())::requireFit;
  }

  private static void print(JarReport jar, PrintWriter out) {
    out.println(jar.jar());
    for (JarReport.Provider provider : jar.providers()) {
      out.println(
          "  %s %s (%s)".formatted(provider.kind().words(), provider.name(), provider.type()));
      provider
          .functions()
          .forEach(
              function ->
                  out.println("    %s, cost %d".formatted(function.text(), function.cost())));
    }
    jar.faults().forEach(fault -> out.println("  fault: " + fault));
  }
}
