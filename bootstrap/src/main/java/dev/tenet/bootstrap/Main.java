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

  private static final String CARRIERS = "jdk.virtualThreadScheduler.parallelism";

  private Main() {}

  /// Runs one command and exits with its status.
  public static void main(String[] arguments) {
    installLogging();
    keepACarrierFree();
    PrintWriter out = writer(FileDescriptor.out);
    PrintWriter err = writer(FileDescriptor.err);
    var surroundings = new Surroundings(System.getenv(), System.in);
    int status = TenetCommand.commandLine(surroundings, out, err).execute(arguments);
    Logging.ofProcess().flush();
    out.flush();
    err.flush();
    System.exit(status);
  }

  /// Evaluations do nothing but compute, on as many carrier threads as there are processors; one more reads what arrives
  /// meanwhile. Must come before the first virtual thread.
  public static void keepACarrierFree() {
    if (System.getProperty(CARRIERS) == null) {
      int processors = Runtime.getRuntime().availableProcessors();
      System.setProperty(CARRIERS, Integer.toString(processors + 1));
    }
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
