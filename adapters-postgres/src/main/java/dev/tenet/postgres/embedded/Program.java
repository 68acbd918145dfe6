package dev.tenet.postgres.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Runs a program to its end.
final class Program {

  private Program() {}

  /// What a program left behind.
  ///
  /// @param output what it wrote, errors included
  record Ended(int status, String output) {
    boolean succeeded() {
      return status == 0;
    }
  }

  /// {@return what the program left behind, or empty when there is no such program or it was killed after `limit`}
  static Optional<Ended> run(List<String> command, Duration limit) {
    try {
      Path output = Files.createTempFile("tenet", ".out");
      try {
        Process process = prepare(command, output).start();
        if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
          return Optional.of(new Ended(process.exitValue(), Files.readString(output, UTF_8)));
        }
        process.destroyForcibly();
        return Optional.empty();
      } finally {
        Files.deleteIfExists(output);
      }
    } catch (IOException notStarted) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /// {@return how to start a program that reads nothing, writes to a file, and sees nothing of this process' environment
  /// but where programs and time zones are}
  static ProcessBuilder prepare(List<String> command, Path output) {
    var builder =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    Map<String, String> environment = builder.environment();
    environment.keySet().retainAll(List.of("PATH", "TMPDIR", "TZ"));
    environment.put("LC_ALL", "C");
    return builder;
  }
}
