package dev.tenet.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenet.bootstrap.cli.Surroundings;
import dev.tenet.bootstrap.cli.TenetCommand;
import dev.tenet.bootstrap.logging.Logging;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;

/// The door: `tenet COMMAND [OPTIONS]`.
public final class Main {

  private static final String LOGGING_FILE = "java.util.logging.config.file";

  private Main() {}

  /// Runs one command and exits with its status.
  public static void main(String[] arguments) {
    installLogging();
    PrintWriter out = writer(FileDescriptor.out);
    PrintWriter err = writer(FileDescriptor.err);
    var surroundings = new Surroundings(System.getenv(), System.in);
    int status = TenetCommand.commandLine(surroundings, out, err).execute(arguments);
    Logging.ofProcess().flush();
    out.flush();
    err.flush();
    System.exit(status);
  }

  /// UTF-8 whatever the locale: JSON is, and names may be.
  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(new FileOutputStream(descriptor), false, UTF_8);
  }

  private static void installLogging() {
    if (System.getProperty(LOGGING_FILE) != null) {
      return;
    }
    Logging.ofProcess().install();
  }
}
