package dev.tenet.postgres.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A streaming replica of an embedded PostgreSQL, and that one, stopped when the process ends. The replica begins as a copy of
/// the stopped primary's files.
public final class Standby {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int CONNECTIONS = 20;

  private final TestDirectory primaryDirectory = TestDirectory.create();
  private final TestDirectory directory;
  private @Nullable EmbeddedPostgres primary;
  private int port;
  private @Nullable Process process;

  /// Starts both.
  public Standby() {
    EmbeddedPostgres.start(primaryDirectory.path(), CONNECTIONS).close();
    directory = primaryDirectory.copy();
    Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    try {
      primary = EmbeddedPostgres.start(primaryDirectory.path(), CONNECTIONS);
      port = freePort();
      follow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start();
  }

  private Path data() {
    return directory.path().resolve("postgresql").resolve("data");
  }

  private void follow() throws IOException {
    var login = primary().login("postgres");
    Files.writeString(
        data().resolve("postgresql.auto.conf"),
        "primary_conninfo = 'host=127.0.0.1 port=%d user=postgres password=%s'%n"
            .formatted(
                URI.create(primary().jdbcUrl().substring("jdbc:".length())).getPort(),
                login.get("password")),
        StandardOpenOption.APPEND);
    // The copy of an existing file, so that it belongs to the account that must read it.
    Files.copy(
        data().resolve("PG_VERSION"),
        data().resolve("standby.signal"),
        StandardCopyOption.COPY_ATTRIBUTES);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /// Starts the replica.
  public void start() {
    Account account = Account.find(directory.path());
    Binaries binaries = Binaries.unpacked(directory.path());
    List<String> command =
        List.of(
            binaries.program("postgres"),
            "-D",
            data().toString(),
            "-c",
            "listen_addresses=127.0.0.1",
            "-c",
            "unix_socket_directories=",
            "-c",
            "port=" + port,
            "-c",
            "max_connections=100");
    Path log = directory.path().resolve("standby.log");
    try {
      process = Program.prepare(account.command(command), log).start();
      long end = System.nanoTime() + PATIENCE_NANOS;
      while (!answers()) {
        if (!process.isAlive() || System.nanoTime() - end > 0) {
          throw new AssertionError("The replica does not start: " + Files.readString(log, UTF_8));
        }
        Thread.onSpinWait();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean answers() {
    try (Connection connection = connect()) {
      return connection.isValid(1);
    } catch (SQLException notYet) {
      return false;
    }
  }

  /// Kills the replica.
  public void kill() {
    Process running = process;
    if (running != null) {
      List<ProcessHandle> children = running.descendants().toList();
      running.destroyForcibly();
      children.forEach(ProcessHandle::destroyForcibly);
      Stream.concat(Stream.of(running.toHandle()), children.stream())
          .forEach(ended -> ended.onExit().join());
    }
  }

  /// {@return the primary}
  public EmbeddedPostgres primary() {
    return requireNonNull(primary);
  }

  /// {@return where the replica is; everybody logs in as on the primary}
  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/tenet";
  }

  private Connection connect() throws SQLException {
    var login = new Properties();
    login.putAll(primary().login("postgres"));
    return DriverManager.getConnection(jdbcUrl(), login);
  }

  /// {@return what the replica answers to its superuser}
  public String ask(String query) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return String.valueOf(row.getString(1));
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private void close() {
    kill();
    if (primary != null) {
      primary.close();
    }
    directory.close();
    primaryDirectory.close();
  }
}
