package dev.tenet.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tenet.application.change.Corridor;
import dev.tenet.application.evaluation.ScriptedRuleCompiler;
import dev.tenet.application.store.RevisionFeed;
import dev.tenet.domain.tenant.TenantId;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Through PgBouncer, which lends a connection for each transaction. Skipped where PgBouncer is not installed.
final class PgBouncerTest extends SingleLoginContract {

  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  @TempDir private static @Nullable Path folder;
  private @Nullable Process bouncer;
  private @Nullable DatabaseAddress address;
  private String direct = "";

  @Override
  DatabaseAddress address() {
    DatabaseAddress known = address;
    if (known == null) {
      known = start();
      address = known;
    }
    return known;
  }

  private DatabaseAddress start() {
    Optional<Path> program = program();
    assumeTrue(program.isPresent(), "PgBouncer is not installed (Debian package pgbouncer)");
    direct = TestDatabase.singleLoginUrl("bounced");
    URI server = URI.create(direct);
    try {
      int port = freePort();
      bouncer =
          new ProcessBuilder(program.orElseThrow().toString(), settings(server, port).toString())
              .redirectErrorStream(true)
              .redirectOutput(requireFolder().resolve("log").toFile())
              .start();
      awaitListening(port);
      return DatabaseAddress.parse(
          "DATABASE_URL", direct.replace(":" + server.getPort() + "/", ":" + port + "/"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Optional<Path> program() {
    return Stream.concat(
            Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)),
            Stream.of("/usr/sbin"))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "pgbouncer"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /// PgBouncer does not run as root either; it then becomes nobody, who must be able to read its files.
  private static Path settings(URI server, int port) throws IOException {
    Files.setPosixFilePermissions(requireFolder(), PosixFilePermissions.fromString("rwxr-xr-x"));
    Path users =
        Files.writeString(requireFolder().resolve("users.txt"), "\"bounced\" \"p@ss:word\"\n");
    return Files.writeString(
        requireFolder().resolve("pgbouncer.ini"),
        """
        [databases]
        bounced = host=%s port=%d dbname=bounced
        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = %d
        unix_socket_dir =
        auth_type = plain
        auth_file = %s
        pool_mode = transaction
        default_pool_size = 3
        ignore_startup_parameters = extra_float_digits
        %s
        """
            .formatted(
                server.getHost(),
                server.getPort(),
                port,
                users,
                System.getProperty("user.name").equals("root") ? "user = nobody" : ""));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void awaitListening(int port) throws IOException {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      try {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
        return;
      } catch (IOException notYet) {
        if (System.nanoTime() - end > 0) {
          throw notYet;
        }
        Thread.onSpinWait();
      }
    }
  }

  private static Path requireFolder() {
    if (folder == null) {
      throw new IllegalStateException("JUnit makes the folder");
    }
    return folder;
  }

  @Test
  void announcementsComeByTheDirectAddress() throws InterruptedException {
    var location =
        new DatabaseLocation(
            address(), DatabaseAddress.parse("DATABASE_DIRECT_URL", direct), Optional.empty());
    var settings = new DatabaseSettings(Optional.of(location), ConnectionSettings.DEFAULT, false);
    var ear = new Ear(new LinkedBlockingQueue<>(), new CountDownLatch(1));
    try (var database = Database.open(location, settings);
        var following = database.revisions().orElseThrow().follow(ear)) {
      ear.listening.await();
      TenantId tenant = new Corridor(database.tenants(), new ScriptedRuleCompiler()).tenant();

      assertThat(ear.announced.poll(PATIENCE_NANOS, TimeUnit.NANOSECONDS)).isEqualTo(tenant);
      assertThat(following.age()).isPresent();
    }
  }

  /// Keeps which tenants are announced; it listens before it looks for the first time.
  private record Ear(BlockingQueue<TenantId> announced, CountDownLatch listening)
      implements RevisionFeed.Follower {
    @Override
    public void announced(TenantId tenant, long revision) {
      announced.add(tenant);
    }

    @Override
    public void looked(Map<TenantId, Long> revisions, long began) {
      listening.countDown();
    }

    @Override
    public void gone(TenantId tenant) {
      // of no interest here
    }
  }

  @AfterAll
  void stop() throws InterruptedException {
    if (bouncer != null) {
      bouncer.destroy();
      bouncer.waitFor();
    }
  }
}
