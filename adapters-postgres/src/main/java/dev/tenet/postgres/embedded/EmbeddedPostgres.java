package dev.tenet.postgres.embedded;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A PostgreSQL that this process runs for itself, on files in a directory that no other server may use meanwhile.
///
/// It writes durably, listens on 127.0.0.1 only, and asks everyone for a password that is made of a secret which only the
/// owner of the directory can read. When it dies while this process lives it is started again; when this process dies it
/// goes on, and is stopped by the next server that opens the directory. All waiting has limits.
public final class EmbeddedPostgres implements AutoCloseable {

  /// The role that owns the tables.
  public static final String OWNER = "tenet_owner";

  /// The role that works on one tenant at a time.
  public static final String APPLICATION = "tenet_application";

  /// The role that lists the tenants.
  public static final String ADMINISTRATION = "tenet_administration";

  /// The role that adds to the log of decisions, and may do nothing else.
  public static final String DECISION_WRITER = "tenet_decision_writer";

  private static final Logger LOG = System.getLogger(EmbeddedPostgres.class.getName());

  /// How long a recovery from a crash may take.
  private static final Duration STARTING = Duration.ofMinutes(5);

  /// How long to try again when it does not start: the processes of a killed one need a moment to end.
  private static final Duration RETRYING = Duration.ofSeconds(10);

  private static final Duration STOPPING = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  /// Connections besides those of the application's pool.
  private static final int SPARE_CONNECTIONS = 20;

  /// Below the ports that systems give to outgoing connections, so that the port stays free during a restart.
  private static final int FIRST_PORT = 20_000;

  private static final int PORTS = 10_000;

  private final DataDirectory directory;
  private final Binaries binaries;
  private final Account account;
  private final int port;
  private final int connections;
  private final Thread supervisor;
  private volatile Postmaster postmaster;
  private volatile boolean closing;

  private EmbeddedPostgres(
      DataDirectory directory, Binaries binaries, Account account, int connections) {
    this.directory = directory;
    this.binaries = binaries;
    this.account = account;
    this.connections = connections + SPARE_CONNECTIONS;
    port = freePort(directory.root());
    postmaster = startWithRetries();
    supervisor = Thread.ofPlatform().daemon().name("tenet-postgresql").unstarted(this::supervise);
  }

  /// {@return whether there is a database in the directory}
  public static boolean exists(Path dataDirectory) {
    return DataDirectory.holdsDatabase(dataDirectory);
  }

  /// Starts PostgreSQL on a directory, and makes a new database there when it has none.
  ///
  /// @param connections how many the application opens at most
  /// @throws IllegalArgumentException with a message for the operator when the directory cannot be used, for example
  ///     because another server uses it
  public static EmbeddedPostgres start(Path dataDirectory, int connections) {
    var directory = DataDirectory.open(dataDirectory);
    try {
      return start(directory, Account.find(directory.root()), connections);
    } catch (RuntimeException e) {
      directory.close();
      throw e;
    }
  }

  static EmbeddedPostgres start(DataDirectory directory, Account account, int connections) {
    var binaries = Binaries.unpacked(directory.root());
    new Leftovers(binaries, account, directory).clear();
    var cluster = new Cluster(binaries, account, directory);
    cluster.initialize();
    var server = new EmbeddedPostgres(directory, binaries, account, connections);
    try {
      cluster.furnish(server.port);
    } catch (RuntimeException e) {
      server.stop();
      throw e;
    }
    server.supervisor.start();
    return server;
  }

  private static int freePort(Path root) {
    int start = Math.floorMod(root.hashCode(), PORTS);
    for (int i = 0; i < PORTS; i++) {
      int candidate = FIRST_PORT + (start + i) % PORTS;
      try (var socket = new ServerSocket()) {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), candidate));
        return candidate;
      } catch (IOException taken) {
        // the next one
      }
    }
    throw new IllegalStateException("No port from " + FIRST_PORT + " on is free.");
  }

  private Postmaster startWithRetries() {
    long end = System.nanoTime() + RETRYING.toNanos();
    while (true) {
      switch (attempt()) {
        case Postmaster.Start.Ready(var ready) -> {
          return ready;
        }
        case Postmaster.Start.Failed(var reason) -> {
          if (System.nanoTime() - end > 0) {
            throw new IllegalStateException(
                "The embedded PostgreSQL does not start; what it says is in %s: %s"
                    .formatted(directory.database().resolve("log"), reason));
          }
          LockSupport.parkNanos(PAUSE.toNanos());
          new Leftovers(binaries, account, directory).clear();
        }
      }
    }
  }

  private Postmaster.Start attempt() {
    return Postmaster.start(binaries, account, directory, port, connections, STARTING);
  }

  private void supervise() {
    Duration pause = PAUSE;
    while (!closing) {
      try {
        postmaster.awaitEnd();
      } catch (InterruptedException e) {
        return;
      }
      if (closing) {
        return;
      }
      LOG.log(Level.WARNING, "PostgreSQL has ended; it is started again.");
      new Leftovers(binaries, account, directory).clear();
      switch (attempt()) {
        case Postmaster.Start.Ready(var ready) -> {
          postmaster = ready;
          pause = PAUSE;
          LOG.log(Level.INFO, "PostgreSQL is up again.");
        }
        case Postmaster.Start.Failed(var reason) -> {
          LOG.log(
              Level.ERROR,
              "PostgreSQL does not start; what it says is in %s, and there may be no space left there: %s"
                  .formatted(directory.database().resolve("log"), reason));
          LockSupport.parkNanos(pause.toNanos());
          pause =
              pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0
                  ? pause.multipliedBy(2)
                  : LONGEST_PAUSE;
        }
      }
    }
  }

  /// {@return where the database is}
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/tenet";
  }

  /// {@return the driver's properties with which a role logs in, the password among them}
  public Map<String, String> login(String role) {
    return login(directory, role);
  }

  /// A stranger on the port while PostgreSQL is down does not get the password: the driver proves that it knows it, and
  /// lets the server prove the same.
  static Map<String, String> login(DataDirectory directory, String role) {
    return Map.of(
        "user", role,
        "password", directory.password(role),
        "requireAuth", "scram-sha-256",
        "sslmode", "disable",
        "gssEncMode", "disable");
  }

  /// {@return the process id of PostgreSQL}
  long pid() {
    return postmaster.pid();
  }

  /// Stops PostgreSQL and frees the directory.
  @Override
  public void close() {
    stop();
  }

  private void stop() {
    closing = true;
    supervisor.interrupt();
    try {
      supervisor.join(TimeUnit.SECONDS.toMillis(STOPPING.toSeconds()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (postmaster.isAlive()) {
      Postmaster.stop(binaries, account, directory.database(), STOPPING);
    }
    postmaster.end(STOPPING);
    directory.close();
  }
}
