package dev.tenet.bootstrap.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.bootstrap.fault.History.Answer;
import dev.tenet.bootstrap.fault.History.Kind;
import dev.tenet.bootstrap.http.Client;
import dev.tenet.bootstrap.http.Reply;
import dev.tenet.spi.StoreProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Three nodes over one database, under load all the time: one is cut off from the database and healed, in two ways, and
/// one is killed.
@Tag("slow")
@Timeout(600)
final class ThreeNodesTest {

  private static final int A = 0;
  private static final int B = 1;
  private static final int C = 2;
  private static final int TENANTS = 3;
  private static final long FAR = 1_000_000;
  private static final Pattern SAYS_ITS_AGE =
      Pattern.compile("\"definitionsAge\":\"[0-9]+\\.[0-9]s\"");

  /// Between two requests of one client, so that two cores are enough for everybody.
  private static final Duration PAUSE = Duration.ofMillis(20);

  /// How often a condition is looked at.
  private static final Duration POLL = Duration.ofMillis(5);

  private final History history = new History();
  private final Set<Node> killed = ConcurrentHashMap.newKeySet();
  private final List<Editor> editors = new ArrayList<>();
  private final Clients clients = new Clients(history);

  @Test
  void nodesCutOffAndKilledKeepWhatTheyPromise(@TempDir Path folder) throws Exception {
    try (var nodes = new Nodes(folder, history, List.of("a", "b", "c"))) {
      List<Editor.Tenant> tenants = new ArrayList<>();
      for (int i = 0; i < TENANTS; i++) {
        tenants.add(Editor.Tenant.create("tenant" + i, () -> nodes.node(A), history));
      }
      nodes.all().forEach(node -> tenants.forEach(tenant -> warm(node, tenant)));
      long warm = System.nanoTime();
      try (clients) {
        startClients(nodes, tenants);
        changesArriveEverywhere(nodes, tenants);
        cutOffAndHealed(nodes, tenants.getFirst(), nodes.network(A)::refuse);
        cutOffAndHealed(nodes, tenants.getFirst(), nodes.network(A)::hold);
        killedUnderLoad(nodes, tenants);
      }
      nodes.server(A).stop();
      nodes.server(C).stop();
      assertPromisesKept(nodes, warm);
    }
  }

  private void warm(Node node, Editor.Tenant tenant) {
    node.evaluate(tenant.id(), history.revision(tenant.id())).orElseThrow().expect(200);
  }

  private void startClients(Nodes nodes, List<Editor.Tenant> tenants) {
    List<String> ids = tenants.stream().map(Editor.Tenant::id).toList();
    for (Node node : nodes.all()) {
      BooleanSupplier ended = () -> clients.stopped() || killed.contains(node);
      clients.start(new Reader(node, ids, tenant -> 0, PAUSE, ended));
      clients.start(new Reader(node, ids, history::revision, PAUSE, ended));
      for (Editor.Tenant tenant : tenants) {
        editors.add(
            new Editor(
                "editor" + editors.size(),
                tenant,
                home(nodes, node),
                history,
                PAUSE,
                clients::stopped,
                editors.size()));
        clients.start(editors.getLast());
      }
    }
  }

  /// {@return the node while it lives, and then another}
  private Supplier<Node> home(Nodes nodes, Node node) {
    return () -> killed.contains(node) ? nodes.node(C) : node;
  }

  private void changesArriveEverywhere(Nodes nodes, List<Editor.Tenant> tenants)
      throws InterruptedException {
    for (int round = 0; round < 3; round++) {
      for (Editor.Tenant tenant : tenants) {
        history.awaitAcknowledged(5);
        long acknowledged = history.revision(tenant.id());
        for (Node node : nodes.all()) {
          await(
              "the change arrives",
              () -> decides(node, tenant, 0).filter(r -> r >= acknowledged).isPresent());
        }
      }
    }
  }

  /// {@return the revision that decides, or empty when the node refuses}
  private static Optional<Long> decides(Node node, Editor.Tenant tenant, long minRevision) {
    return node.evaluate(tenant.id(), minRevision)
        .filter(reply -> reply.status() == 200)
        .map(reply -> reply.number("revision"));
  }

  private void cutOffAndHealed(Nodes nodes, Editor.Tenant tenant, Runnable cutOff)
      throws InterruptedException {
    Node a = nodes.node(A);
    history.awaitAcknowledged(20);
    cutOff.run();
    try {
      await("a says that it is cut off", () -> !isHealthy(a));
      history.awaitAcknowledged(20);
      whileCutOff(a, tenant);
    } finally {
      nodes.network(A).heal();
    }
    await("a is healthy", () -> isHealthy(a));
    long healed = history.revision(tenant.id());
    await("a catches up", () -> decides(a, tenant, 0).filter(r -> r >= healed).isPresent());
    history.awaitAcknowledged(20);
  }

  private void whileCutOff(Node a, Editor.Tenant tenant) {
    await(
        "a says how old its definitions are",
        () -> {
          Reply decision = a.evaluate(tenant.id(), 0).orElseThrow().expect(200);
          return SAYS_ITS_AGE.matcher(decision.text()).find();
        });
    assertRefused(a.evaluate(tenant.id(), FAR).orElseThrow());
    assertRefused(
        a.change(tenant.id(), "PUT", Node.path(tenant.id()), "{\"name\":\"x\"}", "cut-off")
            .orElseThrow());
  }

  private static void assertRefused(Reply reply) {
    reply.expect(503);
    assertThat(reply.header("Retry-After")).isNotNull();
  }

  private static boolean isHealthy(Node node) {
    Reply health = new Client(node.uri()).get("/health");
    assertThat(health.text("status"))
        .as(health.text())
        .isEqualTo(health.status() == 200 ? "ok" : "degraded");
    return health.status() == 200;
  }

  private void killedUnderLoad(Nodes nodes, List<Editor.Tenant> tenants)
      throws InterruptedException {
    history.awaitAcknowledged(20);
    nodes.server(B).kill();
    killed.add(nodes.node(B));
    Map<Editor.Tenant, Long> acknowledged = new HashMap<>();
    tenants.forEach(tenant -> acknowledged.put(tenant, history.revision(tenant.id())));
    acknowledged.forEach(
        (tenant, revision) -> {
          for (Node node : List.of(nodes.node(A), nodes.node(C))) {
            await("all is there", () -> decides(node, tenant, revision).isPresent());
          }
        });
    history.awaitAcknowledged(60);
  }

  private void assertPromisesKept(Nodes nodes, long warm) {
    history.assertConsistent();
    assertThat(
            history.answers(
                answer ->
                    answer.kind() == Kind.EVALUATE
                        && answer.minRevision() == 0
                        && answer.start() > warm
                        && !answer.succeeded()))
        .as("a warm tenant is always evaluated")
        .allMatch(answer -> answer.node().equals("b") && answer.status() == 0);
    assertThat(history.answers(answer -> answer.minRevision() == FAR))
        .as("nobody decides by a revision that is not there")
        .isNotEmpty()
        .noneMatch(Answer::succeeded);
    // To tighten: without 409.
    assertThat(history.answers(answer -> answer.kind() == Kind.EVALUATE && !answer.succeeded()))
        .extracting(Answer::status)
        .isSubsetOf(0, 503);
    try (StoreProvider.OpenStore store = nodes.store()) {
      var stored = new StoredTenants(store.tenants());
      stored.assertAgree(history);
      stored.assertHasRules(editors);
      history.assertTruthful(stored.markers());
    }
  }

  private void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      history.assertNothingFailed();
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      LockSupport.parkNanos(POLL.toNanos());
    }
  }
}
