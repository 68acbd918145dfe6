package dev.tenet.benchmark.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A server in a process of its own, with the options that `tenet` gives to Java.
///
/// @param key who has it may do everything; empty where nobody is asked who they are
record ServerProcess(Process process, int port, String key) implements AutoCloseable {

  private static final String ADDRESS = "API";
  private static final String KEY = "Key";
  private static final long PATIENCE_SECONDS = 30;

  /// Tenet as somebody tries it: nobody has to say who they are, requests are not logged.
  static ServerProcess open() throws IOException {
    return tenet(false, "--auth=off", "--access-log=off");
  }

  /// Tenet as operators run it: everybody says who they are, every request is logged and counted.
  static ServerProcess governed() throws IOException {
    return tenet(true, "--auth=on", "--access-log=all", "--log-format=json");
  }

  private static ServerProcess tenet(boolean withKey, String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of("dev.tenet.bootstrap.Main", "serve", "--store=inmemory", "--port=0"));
    command.addAll(List.of(options));
    return start(command, withKey);
  }

  /// Starts a class that prints `API` with its address, and when it has one `Key` with its key, each on a line.
  static ServerProcess start(List<String> mainAndArguments, boolean withKey) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xms128m",
                "-XX:+UseCompactObjectHeaders",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path")));
    command.addAll(mainAndArguments);
    Process process = new ProcessBuilder(command).redirectError(Redirect.DISCARD).start();
    int port = 0;
    String key = "";
    try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      while (port == 0 || (withKey && key.isEmpty())) {
        String line = out.readLine();
        if (line == null) {
          process.destroyForcibly();
          throw new IOException("the server did not start: " + mainAndArguments);
        }
        String[] words = line.split(" +", 3);
        if (words.length > 1 && words[0].equals(ADDRESS)) {
          port = URI.create(words[1]).getPort();
        } else if (words.length > 1 && words[0].equals(KEY)) {
          key = words[1];
        }
      }
    }
    return new ServerProcess(process, port, key);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
