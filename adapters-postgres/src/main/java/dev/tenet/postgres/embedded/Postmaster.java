package dev.tenet.postgres.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A running PostgreSQL.
final class Postmaster {

  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final int STATUS_LINE = 7;
  private static final Duration PROBE = Duration.ofSeconds(5);

  private final Process process;

  private Postmaster(Process process) {
    this.process = process;
  }

  /// What starting gives.
  sealed interface Start {
    /// It runs and takes connections.
    record Ready(Postmaster postmaster) implements Start {}

    /// It did not start; nothing of it is left.
    ///
    /// @param reason what it said
    record Failed(String reason) implements Start {}
  }

  /// Starts PostgreSQL and waits until it takes connections, its recovery from a crash included.
  static Start start(
      Binaries binaries,
      Account account,
      DataDirectory directory,
      int port,
      int connections,
      Duration limit) {
    List<String> command = new ArrayList<>();
    // A session of its own: Ctrl-C in the terminal reaches this process only, which then stops
    // PostgreSQL last.
    if (hasSetsid()) {
      command.add("setsid");
    }
    command.add(binaries.program("postgres"));
    command.addAll(List.of("-D", directory.database().toString()));
    settings(port, connections)
        .forEach((name, value) -> command.addAll(List.of("-c", name + "=" + value)));
    Path log = directory.home().resolve("start.log");
    try {
      Process process = Program.prepare(account.command(command), log).start();
      return await(process, directory.database(), log, limit);
    } catch (IOException e) {
      return new Start.Failed(e.toString());
    }
  }

  private static boolean hasSetsid() {
    return Program.run(List.of("setsid", "true"), PROBE).isPresent();
  }

  private static Map<String, String> settings(int port, int connections) {
    var settings = new TreeMap<String, String>();
    settings.put("listen_addresses", "127.0.0.1");
    settings.put("port", Integer.toString(port));
    settings.put("unix_socket_directories", "");
    settings.put("max_connections", Integer.toString(connections));
    settings.put("fsync", "on");
    settings.put("synchronous_commit", "on");
    settings.put("full_page_writes", "on");
    settings.put("timezone", "UTC");
    settings.put("logging_collector", "on");
    settings.put("log_directory", "log");
    settings.put("log_filename", "postgresql-%a.log");
    settings.put("log_truncate_on_rotation", "on");
    settings.put("log_rotation_age", "1d");
    settings.put("log_rotation_size", "0");
    return settings;
  }

  private static Start await(Process process, Path database, Path log, Duration limit)
      throws IOException {
    long end = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() - end < 0 && !Thread.currentThread().isInterrupted()) {
      if (!process.isAlive()) {
        return new Start.Failed(lastWords(log));
      }
      if (isReady(process, database)) {
        return new Start.Ready(new Postmaster(process));
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    process.destroyForcibly();
    return new Start.Failed("it was not ready after " + limit.toSeconds() + " seconds");
  }

  private static boolean isReady(Process process, Path database) throws IOException {
    Path file = database.resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return false;
    }
    List<String> lines = Files.readString(file, UTF_8).lines().toList();
    return lines.size() > STATUS_LINE
        && lines.getFirst().equals(Long.toString(process.pid()))
        && lines.get(STATUS_LINE).strip().equals("ready");
  }

  private static String lastWords(Path log) throws IOException {
    List<String> lines =
        Files.readString(log, UTF_8).lines().filter(line -> !line.isBlank()).toList();
    return String.join(" / ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
  }

  /// Ends the PostgreSQL of a database: open transactions are rolled back, committed ones are on disk.
  static void stop(Binaries binaries, Account account, Path database, Duration limit) {
    for (String mode : List.of("fast", "immediate")) {
      List<String> command =
          List.of(
              binaries.program("pg_ctl"),
              "stop",
              "-D",
              database.toString(),
              "-m",
              mode,
              "-t",
              Long.toString(limit.toSeconds()));
      boolean stopped =
          Program.run(account.command(command), limit.plusSeconds(5))
              .map(Program.Ended::succeeded)
              .orElse(false);
      if (stopped) {
        return;
      }
    }
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// Waits until it has ended.
  void awaitEnd() throws InterruptedException {
    process.waitFor();
  }

  /// Waits until it has ended, and kills it after `limit`.
  void end(Duration limit) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
