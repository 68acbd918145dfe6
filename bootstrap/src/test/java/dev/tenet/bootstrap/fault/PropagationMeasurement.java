package dev.tenet.bootstrap.fault;

import dev.tenet.bootstrap.http.Reply;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Measures how long a change that one node has acknowledged takes to the others. It prints the table of
/// `docs/performance.md`, and is no part of the build; that page has the command.
@Timeout(600)
final class PropagationMeasurement {

  private static final int[] CHANGES_PER_SECOND = {50, 200, 500};
  private static final int TENANTS = 60;
  private static final Duration WARMING = Duration.ofSeconds(10);
  private static final Duration MEASURING = Duration.ofSeconds(30);

  /// How many changes may wait for their answers.
  private static final int MOST_AT_ONCE = 24;

  /// How many changes are observed for each second's worth of the rate.
  private static final int OBSERVATIONS_PER_SECOND = 10;

  private static final Duration PAUSE_BETWEEN_LOOKS = Duration.ofMillis(1);

  private final History history = new History();

  @Test
  void printsTheTable(@TempDir Path folder) throws InterruptedException {
    OperatingSystemMXBean machine = ManagementFactory.getOperatingSystemMXBean();
    System.out.printf(
        "%d processors, load average before: %.1f%n",
        machine.getAvailableProcessors(), machine.getSystemLoadAverage());
    try (var nodes = new Nodes(folder, history, List.of("a", "b", "c"))) {
      List<Editor.Tenant> tenants = new ArrayList<>();
      for (int i = 0; i < TENANTS; i++) {
        tenants.add(Editor.Tenant.create("tenant" + i, () -> nodes.node(0), history));
      }
      for (Node node : nodes.all()) {
        tenants.forEach(t -> node.evaluate(t.id(), history.revision(t.id())));
      }
      new Run(nodes, tenants, "warming", CHANGES_PER_SECOND[0]).go(WARMING);
      System.out.println("| changes/s asked | acknowledged | | p50 | p90 | p99 | max |");
      System.out.println("|---|---|---|---|---|---|---|");
      for (int rate : CHANGES_PER_SECOND) {
        new Run(nodes, tenants, "run" + rate, rate).go(MEASURING).print();
      }
    }
  }

  /// One rate for some time.
  private static final class Run {

    private final Nodes nodes;
    private final List<Editor.Tenant> tenants;
    private final String name;
    private final int rate;
    private final Semaphore free = new Semaphore(MOST_AT_ONCE);
    private final Queue<Long> changing = new ConcurrentLinkedQueue<>();
    private final Queue<Long> visible = new ConcurrentLinkedQueue<>();
    private final Queue<Long> demanded = new ConcurrentLinkedQueue<>();
    private long elapsed;

    Run(Nodes nodes, List<Editor.Tenant> tenants, String name, int rate) {
      this.nodes = nodes;
      this.tenants = tenants;
      this.name = name;
      this.rate = rate;
    }

    /// Asks for changes at a steady rate, or as fast as the nodes allow when they are slower.
    Run go(Duration duration) throws InterruptedException {
      List<Thread> threads = new ArrayList<>();
      long start = System.nanoTime();
      long gap = Duration.ofSeconds(1).toNanos() / rate;
      for (int i = 0; System.nanoTime() - start < duration.toNanos(); i++) {
        LockSupport.parkNanos(start + i * gap - System.nanoTime());
        free.acquire();
        int number = i;
        threads.add(Thread.ofVirtual().start(() -> change(number)));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      elapsed = System.nanoTime() - start;
      return this;
    }

    private void change(int number) {
      Editor.Tenant tenant = tenants.get(number % TENANTS);
      int changed = number % nodes.all().size();
      long start = System.nanoTime();
      Optional<Reply> reply =
          nodes
              .node(changed)
              .change(
                  tenant.id(),
                  "PUT",
                  Node.path(tenant.id()) + "/rules/" + tenant.marker(),
                  "{\"then\":{\"number\":\"%d\"}}".formatted(number),
                  name + "." + number);
      long acknowledged = System.nanoTime();
      free.release();
      if (reply.isPresent() && reply.get().status() == 200) {
        changing.add(acknowledged - start);
        if (number % (rate / OBSERVATIONS_PER_SECOND) == 0) {
          observe(changed, tenant, reply.get().number("revision"), acknowledged);
        }
      }
    }

    /// One of the other nodes is asked until it has the change, the other is told to have it.
    private void observe(int changed, Editor.Tenant tenant, long revision, long acknowledged) {
      int count = nodes.all().size();
      Node asked = nodes.node((changed + 1) % count);
      Node told = nodes.node((changed + 2) % count);
      Thread demanding =
          Thread.ofVirtual()
              .start(
                  () -> {
                    if (revision(told, tenant, revision) >= revision) {
                      demanded.add(System.nanoTime() - acknowledged);
                    }
                  });
      while (revision(asked, tenant, 0) < revision) {
        LockSupport.parkNanos(PAUSE_BETWEEN_LOOKS.toNanos());
      }
      visible.add(System.nanoTime() - acknowledged);
      try {
        demanding.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private static long revision(Node node, Editor.Tenant tenant, long minRevision) {
      return node.evaluate(tenant.id(), minRevision).map(Node::revision).orElse(0L);
    }

    void print() {
      double perSecond = changing.size() / (elapsed / 1e9);
      String begin = String.format(Locale.ROOT, "| %d | %.0f | ", rate, perSecond);
      System.out.println(begin + "the change itself | " + percentiles(changing));
      System.out.println("| | | visible on another server | " + percentiles(visible));
      System.out.println("| | | used there with `minRevision` | " + percentiles(demanded));
    }

    private static String percentiles(Queue<Long> nanos) {
      List<Long> sorted = nanos.stream().sorted().toList();
      StringBuilder cells = new StringBuilder();
      for (double share : new double[] {0.5, 0.9, 0.99, 1}) {
        int index = Math.max(0, (int) Math.ceil(share * sorted.size()) - 1);
        double millis = sorted.isEmpty() ? Double.NaN : sorted.get(index) / 1e6;
        cells.append(String.format(Locale.ROOT, "%.1f | ", millis));
      }
      return cells.toString().strip();
    }
  }
}
