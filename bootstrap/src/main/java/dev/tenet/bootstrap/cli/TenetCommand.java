package dev.tenet.bootstrap.cli;

import dev.tenet.domain.diagnostic.Spelling;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/// The command `tenet`.
@Command(
    name = "tenet",
    description = "The multi-tenant rules engine.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    usageHelpAutoWidth = true,
    footerHeading = "%n",
    footer = {
      "Each command explains its options: tenet COMMAND --help",
      "",
      "Exit status: 0 done, 1 failed, 2 wrong usage or bad input."
    })
public final class TenetCommand implements Runnable {

  private static final String DEBUG = "TENET_DEBUG";
  private static final int HELP_WIDTH = 100;

  @Spec private CommandSpec spec = CommandSpec.create();

  private TenetCommand() {}

  /// {@return the command line, ready to execute arguments}
  public static CommandLine commandLine(
      Surroundings surroundings, PrintWriter out, PrintWriter err) {
    return new CommandLine(new TenetCommand())
        .addSubcommand(new ServeCommand(surroundings))
        .addSubcommand(new EvalCommand(surroundings))
        .addSubcommand(new DemoCommand(surroundings))
        .addSubcommand(new MigrateCommand(surroundings))
        .addSubcommand(new TenantsCommand(surroundings))
        .addSubcommand(new KeysCommand(surroundings))
        .addSubcommand(new PluginsCommand(surroundings))
        .addSubcommand(new PoliciesCommand())
        .addSubcommand(new AuditCommand(surroundings))
        .addSubcommand(new ExtensionsCommand(surroundings))
        .addSubcommand(new BenchCommand())
        .setOut(out)
        .setErr(err)
        .setUsageHelpWidth(HELP_WIDTH)
        .setParameterExceptionHandler((e, arguments) -> misused(e))
        .setExecutionExceptionHandler(
            (e, command, parsed) -> failed(e, command, surroundings.environment().get(DEBUG)));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command?");
  }

  private static int misused(ParameterException e) {
    CommandLine command = e.getCommandLine();
    String names = String.join(", ", command.getSubcommands().keySet());
    String help = command.getCommandSpec().qualifiedName() + " --help";
    String commands = names.isEmpty() ? "" : " The commands are " + names + ".";
    command.getErr().println("tenet: %s%s See %s".formatted(sentence(e), commands, help));
    command.getErr().flush();
    return ExitCode.USAGE;
  }

  private static String sentence(ParameterException e) {
    String message = oneLine(e.getMessage());
    if (e instanceof UnmatchedArgumentException unmatched) {
      return unknown(oneLine(unmatched.getUnmatched().getFirst()), e.getCommandLine());
    } else if (e instanceof MissingParameterException) {
      message = message.replace("Missing required options: ", "Missing options: ");
    }
    return message.endsWith("?") || message.endsWith(".") ? message : message + ".";
  }

  private static String unknown(String argument, CommandLine command) {
    boolean option = argument.startsWith("-");
    String name = option && argument.contains("=") ? argument.split("=", 2)[0] : argument;
    Collection<String> known =
        option ? command.getCommandSpec().optionsMap().keySet() : command.getSubcommands().keySet();
    String kind =
        option ? "Unknown option" : known.isEmpty() ? "Unexpected argument" : "Unknown command";
    return "%s: %s.%s"
        .formatted(
            kind,
            name,
            Spelling.nearest(name, known).map(" Did you mean %s?"::formatted).orElse(""));
  }

  /// {@return the text with each line break as a space}
  static String oneLine(@Nullable String text) {
    return Objects.requireNonNullElse(text, "").replaceAll("\\s*\\R\\s*", " ").strip();
  }

  private static int failed(Exception e, CommandLine command, @Nullable String debug) {
    PrintWriter err = command.getErr();
    if (e instanceof CommandFailure failure) {
      err.println("tenet: " + failure.getMessage());
      err.flush();
      return failure.status();
    }
    err.println(
        "tenet: This is a fault in Tenet: %s. Please report it, with the stack trace that %s=1 shows."
            .formatted(oneLine(e.toString()), DEBUG));
    if (debug != null) {
      e.printStackTrace(err);
    }
    err.flush();
    return ExitCode.SOFTWARE;
  }
}
