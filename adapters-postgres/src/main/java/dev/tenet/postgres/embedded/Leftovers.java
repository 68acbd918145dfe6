package dev.tenet.postgres.embedded;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// What an earlier PostgreSQL left behind that was killed, or whose server was: it is cleared away before the next one
/// starts. The caller holds the lock on the data directory, so whatever runs on the database has no server any more.
final class Leftovers {

  private static final Duration STOPPING = Duration.ofSeconds(15);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final Binaries binaries;
  private final Account account;
  private final Path home;
  private final Path database;

  Leftovers(Binaries binaries, Account account, DataDirectory directory) {
    this.binaries = binaries;
    this.account = account;
    home = directory.home();
    database = directory.database();
  }

  void clear() {
    postmaster().ifPresent(this::stop);
    for (var orphans = orphans(); !orphans.isEmpty(); orphans = orphans()) {
      orphans.forEach(this::kill);
    }
    disown();
  }

  /// {@return the PostgreSQL that runs on the database}
  private Optional<ProcessHandle> postmaster() {
    return recordedPid().flatMap(ProcessHandle::of).filter(this::runsHere);
  }

  private Optional<Long> recordedPid() {
    try {
      return Files.readString(pidFile(), UTF_8).lines().findFirst().map(Long::parseLong);
    } catch (IOException | NumberFormatException none) {
      return Optional.empty();
    }
  }

  private Path pidFile() {
    return database.resolve("postmaster.pid");
  }

  private void stop(ProcessHandle postmaster) {
    Postmaster.stop(binaries, account, database, STOPPING);
    kill(postmaster);
  }

  /// Kills the process and waits until it runs no more. It may stay in the list of processes for longer, until whoever
  /// adopted it takes notice.
  private void kill(ProcessHandle process) {
    process.destroyForcibly();
    long end = System.nanoTime() + STOPPING.toNanos();
    while (runsHere(process) && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /// {@return the processes of a PostgreSQL whose first process was killed, and those that were making a database}
  private List<ProcessHandle> orphans() {
    return ProcessHandle.allProcesses().filter(this::runsHere).toList();
  }

  /// Whether the process is one of PostgreSQL's in its directory: it works there or was told to. Where there is no `/proc`
  /// only the latter tells.
  private boolean runsHere(ProcessHandle process) {
    if (!Files.isDirectory(Path.of("/proc/self"))) {
      return process.info().commandLine().filter(this::isTold).isPresent();
    }
    Path proc = Path.of("/proc", Long.toString(process.pid()));
    try {
      String program = Files.readSymbolicLink(proc.resolve("exe")).toString();
      return (program.contains("/bin/postgres") || program.contains("/bin/initdb"))
          && (Files.readSymbolicLink(proc.resolve("cwd")).startsWith(home)
              || isTold(Files.readString(proc.resolve("cmdline"), ISO_8859_1)));
    } catch (IOException goneOrNotOurs) {
      return false;
    }
  }

  private boolean isTold(String command) {
    return command.contains(home + "/");
  }

  /// Where the process id in the file belongs to another process by now, PostgreSQL would take that one for itself and
  /// refuse to start. It ignores the id of its own parent, this process; whether something still uses the database's
  /// shared memory it checks all the same.
  private void disown() {
    try {
      if (Files.exists(pidFile())) {
        List<String> lines = Files.readAllLines(pidFile(), UTF_8);
        if (!lines.isEmpty()) {
          lines.set(0, Long.toString(ProcessHandle.current().pid()));
        }
        Files.write(pidFile(), lines);
      }
    } catch (IOException unreadable) {
      // PostgreSQL says what is wrong with it
    }
  }
}
