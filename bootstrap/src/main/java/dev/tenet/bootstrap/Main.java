package dev.tenet.bootstrap;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenet.bootstrap.cli.Surroundings;
import dev.tenet.bootstrap.cli.TenetCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.logging.LogManager;

/// The door: `tenet COMMAND [OPTIONS]`.
public final class Main {

  private static final String LOGGING_FILE = "java.util.logging.config.file";

  private Main() {}

  /// Runs one command and exits with its status.
  public static void main(String[] arguments) {
    quietLogging();
    PrintWriter out = writer(FileDescriptor.out);
    PrintWriter err = writer(FileDescriptor.err);
    var surroundings = new Surroundings(System.getenv(), System.in);
    int status = TenetCommand.commandLine(surroundings, out, err).execute(arguments);
    out.flush();
    err.flush();
    System.exit(status);
  }

  /// UTF-8 whatever the locale: JSON is, and names may be.
  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(new FileOutputStream(descriptor), false, UTF_8);
  }

  private static void quietLogging() {
    if (System.getProperty(LOGGING_FILE) != null) {
      return;
    }
    try (InputStream settings = Main.class.getResourceAsStream("logging.properties")) {
      LogManager.getLogManager().readConfiguration(settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
