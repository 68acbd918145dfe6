package dev.tenet.benchmark.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// A server as operators run it, in a process of its own: everybody says who they are, every request is logged and counted.
///
/// @param key may do everything
record GovernedServer(Process process, int port, String key) implements AutoCloseable {

  private static final String ADDRESS = "API";
  private static final String KEY = "Key";
  private static final long PATIENCE_SECONDS = 30;

  static GovernedServer start() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.tenet.bootstrap.Main",
                "serve",
                "--store=inmemory",
                "--port=0",
                "--auth=on",
                "--access-log=all",
                "--log-format=json")
            .redirectError(Redirect.DISCARD)
            .start();
    int port = 0;
    String key = "";
    try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      String line = out.readLine();
      while (line != null && (port == 0 || key.isEmpty())) {
        String[] words = line.split(" +", 3);
        if (words.length > 1 && words[0].equals(ADDRESS)) {
          port = URI.create(words[1]).getPort();
        } else if (words.length > 1 && words[0].equals(KEY)) {
          key = words[1];
        }
        line = port == 0 || key.isEmpty() ? out.readLine() : line;
      }
    }
    if (key.isEmpty()) {
      process.destroyForcibly();
      throw new IOException("the server with authentication did not start");
    }
    return new GovernedServer(process, port, key);
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
