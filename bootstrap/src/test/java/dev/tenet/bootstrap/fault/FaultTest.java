package dev.tenet.bootstrap.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.bootstrap.http.Reply;
import dev.tenet.bootstrap.server.ServerProcess;
import dev.tenet.postgres.PostgresStoreProvider;
import dev.tenet.spi.StoreProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A server with its PostgreSQL, of which one or the other is killed again and again while clients change tenants.
///
/// The schedule follows from a seed, which a failure names: repeat it with `-Dtenet.fault.seed=N`.
@Tag("slow")
@Timeout(600)
final class FaultTest {

  private static final int TENANTS = 4;
  private static final int EDITORS_PER_TENANT = 3;

  /// How many changes are acknowledged between two kills, at least and at most.
  private static final int LEAST_CHANGES = 5;

  private static final int MOST_CHANGES = 80;

  /// The longest time from there to the kill, and from the start of a server to its kill while it starts.
  private static final Duration LONGEST_DELAY = Duration.ofMillis(20);

  private static final Duration LONGEST_START = Duration.ofMillis(1500);

  /// How long what is left of a killed PostgreSQL may run on.
  private static final Duration CLEARING = Duration.ofSeconds(30);

  private enum Kill {
    SERVER,
    POSTMASTER,
    BACKEND,
    BOTH,
    BOTH_AND_SERVER_WHILE_IT_STARTS
  }

  private static final Map<Kill, Integer> KILLS =
      Map.of(
          Kill.SERVER, 4,
          Kill.POSTMASTER, 7,
          Kill.BACKEND, 7,
          Kill.BOTH, 3,
          Kill.BOTH_AND_SERVER_WHILE_IT_STARTS, 1);

  private final long seed = Long.getLong("tenet.fault.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final History history = new History();
  private final List<Editor> editors = new ArrayList<>();
  private final List<ServerProcess> servers = new ArrayList<>();
  private final Set<ProcessHandle> doomed = new HashSet<>();

  @TempDir private Path folder = Path.of("");

  private volatile CompletableFuture<Node> node = new CompletableFuture<>();

  @AfterEach
  void end() {
    servers.forEach(ServerProcess::close);
    postgres().all().forEach(ProcessHandle::destroyForcibly);
    doomed.forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void nothingAcknowledgedIsLostAndNothingIsHalfDone() throws Exception {
    try {
      killAgainAndAgain();
    } catch (Exception | AssertionError e) {
      throw new AssertionError("with -Dtenet.fault.seed=" + seed, e);
    }
  }

  private void killAgainAndAgain() throws InterruptedException {
    killWhileItStarts();
    start();
    List<Editor.Tenant> tenants = new ArrayList<>();
    for (int i = 0; i < TENANTS; i++) {
      tenants.add(Editor.Tenant.create("tenant" + i, this::node, history));
    }
    var clients = new Clients(history);
    startEditors(clients, tenants);
    for (Kill kill : schedule()) {
      history.awaitAcknowledged(random.nextInt(LEAST_CHANGES, MOST_CHANGES));
      pause(LONGEST_DELAY);
      carryOut(kill);
      assertRecovered(tenants);
    }
    history.awaitAcknowledged(MOST_CHANGES);
    clients.close();
    ServerProcess server = servers.getLast();
    doomed.addAll(postgres().all());
    server.stop();
    assertNoneRuns(doomed);

    history.assertConsistent();
    assertThat(history.answers(answer -> answer.status() == 0)).as("lost").isNotEmpty();
    assertThat(history.answers(answer -> answer.status() == 503)).as("refused").isNotEmpty();
    try (StoreProvider.OpenStore store =
        new PostgresStoreProvider().open(new StoreProvider.Settings(data(), Map.of()))) {
      var stored = new StoredTenants(store.tenants());
      stored.assertAgree(history);
      stored.assertHasRules(editors);
      history.assertTruthful(stored.markers());
    }
  }

  private List<Kill> schedule() {
    List<Kill> schedule = new ArrayList<>();
    for (Kill kill : Kill.values()) {
      schedule.addAll(Collections.nCopies(KILLS.getOrDefault(kill, 0), kill));
    }
    Collections.shuffle(schedule, random);
    return schedule;
  }

  private void startEditors(Clients clients, List<Editor.Tenant> tenants) {
    for (int i = 0; i < TENANTS * EDITORS_PER_TENANT; i++) {
      editors.add(
          new Editor(
              "editor" + i,
              tenants.get(i % TENANTS),
              this::node,
              history,
              Duration.ZERO,
              clients::stopped,
              random.nextLong()));
    }
    editors.forEach(clients::start);
  }

  /// {@return the server, once there is one}
  private Node node() {
    return node.join();
  }

  private Path data() {
    return folder.resolve("data");
  }

  private PostgresProcesses postgres() {
    return new PostgresProcesses(data());
  }

  private ServerProcess launch() {
    ServerProcess server =
        ServerProcess.start(
            folder.resolve("err"),
            Map.of(),
            "serve",
            "--port",
            "0",
            "--data-dir",
            data().toString());
    servers.add(server);
    return server;
  }

  /// Every start succeeds by itself.
  private void start() {
    ServerProcess server = launch();
    node.complete(new Node("server " + servers.size(), server.awaitReady(), history));
  }

  private void killWhileItStarts() {
    ServerProcess server = launch();
    pause(LONGEST_START);
    server.kill();
  }

  private void pause(Duration most) {
    LockSupport.parkNanos(random.nextLong(most.toNanos()));
  }

  private void carryOut(Kill kill) {
    List<ProcessHandle> processes = postgres().all();
    ProcessHandle postmaster = processes.getFirst();
    doomed.addAll(processes);
    switch (kill) {
      case BACKEND -> kill(anyBackend());
      case POSTMASTER -> kill(postmaster);
      case SERVER -> servers.getLast().kill();
      case BOTH, BOTH_AND_SERVER_WHILE_IT_STARTS -> {
        kill(random.nextBoolean() ? postmaster : servers.getLast().handle());
        kill(postmaster);
        servers.getLast().kill();
      }
    }
    if (!servers.getLast().handle().isAlive()) {
      node = new CompletableFuture<>();
      if (kill == Kill.BOTH_AND_SERVER_WHILE_IT_STARTS) {
        killWhileItStarts();
      }
      start();
    }
    if (kill != Kill.BACKEND) {
      assertNoneRuns(processes);
    }
  }

  private ProcessHandle anyBackend() {
    List<ProcessHandle> backends = postgres().backends();
    return backends.get(random.nextInt(backends.size()));
  }

  private static void kill(ProcessHandle process) {
    process.destroyForcibly();
  }

  /// Checks, while the clients go on, that what was acknowledged is there and that only one PostgreSQL is left.
  private void assertRecovered(List<Editor.Tenant> tenants) {
    for (Editor.Tenant tenant : tenants) {
      long acknowledged = history.revision(tenant.id());
      Map<String, Editor.Rule> expected = new HashMap<>();
      List<Editor> ofTenant =
          editors.stream().filter(editor -> editor.tenant().equals(tenant.id())).toList();
      ofTenant.forEach(editor -> expected.putAll(editor.rules()));
      assertThat(Node.revision(read(tenant.id(), ""))).isGreaterThanOrEqualTo(acknowledged);
      Map<String, Editor.Rule> found = new HashMap<>();
      for (Object rule : read(tenant.id(), "/rules").list("rules")) {
        var members = (Map<?, ?>) rule;
        found.put(
            String.valueOf(members.get("id")),
            new Editor.Rule(
                String.valueOf(members.get("name")), String.valueOf(members.get("expression"))));
      }
      Map<String, Editor.Rule> present = new HashMap<>();
      ofTenant.forEach(editor -> present.putAll(editor.rules()));
      expected.entrySet().retainAll(present.entrySet());
      assertThat(found).containsAllEntriesOf(expected);
    }
  }

  private Reply read(String tenant, String path) {
    while (true) {
      Optional<Reply> reply = node().read(tenant, Node.path(tenant) + path);
      if (reply.isPresent() && reply.get().status() != 503) {
        return reply.get().expect(200);
      }
      LockSupport.parkNanos(LONGEST_DELAY.toNanos());
    }
  }

  private static void assertNoneRuns(Collection<ProcessHandle> processes) {
    long end = System.nanoTime() + CLEARING.toNanos();
    while (processes.stream().anyMatch(PostgresProcesses::runs) && System.nanoTime() < end) {
      LockSupport.parkNanos(LONGEST_DELAY.toNanos());
    }
    assertThat(processes).noneMatch(PostgresProcesses::runs);
  }
}
