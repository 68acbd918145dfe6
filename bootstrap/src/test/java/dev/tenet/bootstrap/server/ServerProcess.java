package dev.tenet.bootstrap.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.bootstrap.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Tenet in a process of its own, as the launcher runs it. Whatever happens to the test, it ends with the test's process.
public final class ServerProcess implements AutoCloseable {

  private static final int STOPPING_SECONDS = 60;
  private static final String CLASS_PATH = System.getProperty("java.class.path");

  private final Process process;
  private final Path errors;
  private final Thread end;

  private ServerProcess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    end = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(end);
  }

  /// Starts a command without waiting for anything.
  ///
  /// @param errors the file to which its standard error is appended
  /// @param environment on top of the present one, from which everything that Tenet reads is taken away
  public static ServerProcess start(
      Path errors, Map<String, String> environment, String... arguments) {
    return start(errors, environment, "256m", CLASS_PATH, arguments);
  }

  /// Starts a command without waiting for anything, with so much heap, such as `64m`.
  static ServerProcess withHeap(String heap, Path errors, String... arguments) {
    return start(errors, Map.of(), heap, CLASS_PATH, arguments);
  }

  /// Starts a command of a Tenet into which more is compiled, without waiting for anything.
  ///
  /// @param more a folder of classes and resources
  static ServerProcess with(Path more, Path errors, String... arguments) {
    return start(
        errors,
        Map.of(),
        "256m",
        more + System.getProperty("path.separator") + CLASS_PATH,
        arguments);
  }

  private static ServerProcess start(
      Path errors,
      Map<String, String> environment,
      String heap,
      String classPath,
      String[] arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx" + heap,
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classPath,
            Main.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .keySet()
        .removeIf(
            name ->
                name.startsWith("TENET_") || name.startsWith("DATABASE_") || name.equals("PORT"));
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
    try {
      return new ServerProcess(builder.start(), errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// {@return the address that it says once it serves}
  public URI awaitReady() {
    try {
      BufferedReader out = out();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith("API ")) {
          return URI.create(line.substring(line.lastIndexOf(' ') + 1)).resolve("/");
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new AssertionError("The server ended before it was ready:\n" + lastWords());
  }

  /// {@return its standard output}
  BufferedReader out() {
    return process.inputReader(UTF_8);
  }

  /// {@return the lines of its standard error}
  List<String> errors() {
    try {
      return Files.readAllLines(errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String lastWords() {
    List<String> lines = errors();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
  }

  /// {@return the process}
  public ProcessHandle handle() {
    return process.toHandle();
  }

  /// {@return the status with which it ended, or empty when it has not within the time that stopping may take}
  Optional<Integer> status() {
    try {
      return process.waitFor(STOPPING_SECONDS, TimeUnit.SECONDS)
          ? Optional.of(process.exitValue())
          : Optional.empty();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Asks it to end, which it does with status 0.
  public void stop() {
    handle().destroy();
    assertThat(status()).as(this::lastWords).hasValue(0);
  }

  /// Ends it with `kill -9`, and waits until it has ended.
  public void kill() {
    process.destroyForcibly();
    assertThat(status()).isPresent();
  }

  /// Kills it when it still runs.
  @Override
  public void close() {
    kill();
    Runtime.getRuntime().removeShutdownHook(end);
  }
}
