package dev.tenet.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// The server under load: the one that the settings name, or one that is started for the run, by the launcher, and ends with it.
final class Server {

  private static final int STOPPING_SECONDS = 60;

  /// A server that was started, and where it keeps its data.
  private record Started(Process process, Path data) {}

  private final URI url;
  private final Optional<Started> started;

  private Server(URI url, Optional<Started> started) {
    this.url = url;
    this.started = started;
  }

  static Server of(Settings settings) {
    return settings
        .url()
        .map(url -> new Server(url, Optional.empty()))
        .orElseGet(() -> start(settings.store()));
  }

  private static Server start(String store) {
    try {
      Path run = Files.createDirectories(Path.of("target", "server").toAbsolutePath());
      Path data = Files.createTempDirectory(run, "data");
      Process process =
          new ProcessBuilder(
                  launcher(run).toString(),
                  "serve",
                  "--port",
                  "0",
                  "--store",
                  store,
                  "--data-dir",
                  data.toString())
              .redirectError(run.resolve("server.log").toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
      return new Server(address(process, run), Optional.of(new Started(process, data)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// {@return the launcher of the distribution that this build made, which does not look whether the sources have changed}
  private static Path launcher(Path run) throws IOException {
    Path home = Path.of(System.getProperty("tenet.home"));
    Path launcher = run.resolve("tenet");
    Path lib = run.resolve("lib");
    Files.deleteIfExists(launcher);
    Files.copy(home.resolve("tenet"), launcher);
    Files.deleteIfExists(lib);
    Files.createSymbolicLink(lib, home.resolve("bootstrap/target/tenet/lib"));
    return launcher;
  }

  private static URI address(Process process, Path run) throws IOException {
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith("API ")) {
        return URI.create(line.substring(line.lastIndexOf(' ') + 1)).resolve("/");
      }
    }
    throw new IllegalStateException(
        "The server ended before it was ready:\n" + Files.readString(run.resolve("server.log")));
  }

  URI url() {
    return url;
  }

  /// {@return what the server that was started takes of the machine's memory, where the system says so}
  Optional<String> memory() {
    return started
        .map(Started::process)
        .filter(_ -> Files.exists(Path.of("/proc/self/smaps_rollup")))
        .map(
            server ->
                "The server's Java process took %d MB at most and takes %d MB, its PostgreSQL %d MB."
                    .formatted(
                        kilobytes(server.pid(), "status", "VmHWM") / 1024,
                        kilobytes(server.pid(), "status", "VmRSS") / 1024,
                        server
                                .descendants()
                                .mapToLong(child -> kilobytes(child.pid(), "smaps_rollup", "Pss"))
                                .sum()
                            / 1024));
  }

  private static long kilobytes(long pid, String file, String name) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/" + file))) {
      return lines
          .filter(line -> line.startsWith(name + ":"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .sum();
    } catch (IOException | UncheckedIOException ended) {
      return 0;
    }
  }

  /// Ends the server if it was started for the run, and deletes its data.
  void stop() {
    started.ifPresent(
        server -> {
          server.process().destroy();
          try {
            if (!server.process().waitFor(STOPPING_SECONDS, TimeUnit.SECONDS)) {
              server.process().destroyForcibly().waitFor();
            }
            delete(server.data());
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
