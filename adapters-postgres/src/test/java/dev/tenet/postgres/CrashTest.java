package dev.tenet.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.application.store.StoreUnavailable;
import dev.tenet.application.store.TenantStore;
import dev.tenet.domain.tenant.TenantId;
import dev.tenet.postgres.embedded.TestDirectory;
import dev.tenet.spi.StoreProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What is left when PostgreSQL, its server or both are killed while they write.
@Timeout(180)
final class CrashTest {

  private static final int WRITERS = 4;

  @Test
  void nothingAcknowledgedIsLostWhenPostgresIsKilled() throws InterruptedException {
    try (var directory = TestDirectory.create();
        var open = open(directory)) {
      var stop = new AtomicBoolean();
      var acknowledged = new Semaphore(0);
      var written = new ConcurrentLinkedQueue<AcknowledgedRules>();
      List<Thread> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        writers.add(
            Thread.ofVirtual()
                .start(
                    () -> {
                      var rules = new AcknowledgedRules(open.tenants());
                      written.add(rules);
                      while (!stop.get()) {
                        rules.addNext();
                        acknowledged.release();
                      }
                    }));
      }
      for (int kill = 0; kill < 6; kill++) {
        acknowledged.acquire(60 + 20 * kill);
        kill(pid(directory.path()));
        acknowledged.drainPermits();
      }
      acknowledged.acquire(60);
      stop.set(true);
      for (Thread writer : writers) {
        writer.join();
      }
      assertThat(written).hasSize(WRITERS);
      for (AcknowledgedRules rules : written) {
        assertComplete(open.tenants(), rules.tenant(), rules.count(), rules.count());
      }
    }
  }

  /// The tenant has exactly the rules numbered from 0, at least those acknowledged; its journal has no gap and gives the
  /// same state as the tables.
  private static void assertComplete(TenantStore store, TenantId tenant, int least, int most) {
    var state = store.load(tenant).orElseThrow();
    assertThat(state).isEqualTo(ProjectionTest.replay(store, tenant));
    List<String> names = state.rules().stream().map(rule -> rule.name()).toList();
    assertThat(names).hasSizeBetween(least, most).doesNotHaveDuplicates();
    for (int i = 0; i < names.size(); i++) {
      assertThat(names.get(i)).isEqualTo(AcknowledgedRules.name(i));
    }
  }

  @Test
  void theNextStartRecoversWhenTheServerOrBothAreKilled() throws IOException, InterruptedException {
    try (var directory = TestDirectory.create()) {
      for (boolean both : new boolean[] {false, true, false, true}) {
        Process server = startServer(directory);
        var output = new BufferedReader(new InputStreamReader(server.getInputStream(), UTF_8));
        TenantId tenant = TenantId.parse(String.valueOf(output.readLine())).orElseThrow();
        for (int i = 0; i < 50; i++) {
          assertThat(output.readLine()).isNotNull();
        }
        long postgres = pid(directory.path());
        kill(server.pid());
        if (both) {
          kill(postgres);
        }
        int acknowledged = 50 + (int) output.lines().count();
        server.waitFor();

        try (var open = open(directory)) {
          // The last one may have been stored and not acknowledged.
          assertComplete(open.tenants(), tenant, acknowledged, acknowledged + 1);
        }
        // A process that has ended and that nobody has taken notice of yet has no command.
        assertThat(ProcessHandle.of(postgres).flatMap(orphan -> orphan.info().command())).isEmpty();
      }
    }
  }

  private static Process startServer(TestDirectory directory) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            DoomedServer.class.getName(),
            directory.path().toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  @Test
  void changesAreRefusedWhilePostgresIsAwayAndGoOnAfterwards() {
    try (var directory = TestDirectory.create();
        var open = open(directory)) {
      var rules = new AcknowledgedRules(open.tenants());
      rules.addNext();
      kill(pid(directory.path()));
      boolean refused = false;
      for (boolean done = false; !done; ) {
        try {
          done = open.tenants().load(rules.tenant()).isPresent();
        } catch (StoreUnavailable away) {
          refused = true;
        }
      }
      rules.addNext();
      assertThat(refused || open.tenants().available()).isTrue();
      assertComplete(open.tenants(), rules.tenant(), 2, 2);
    }
  }

  static StoreProvider.OpenStore open(TestDirectory directory) {
    return new PostgresStoreProvider()
        .open(new StoreProvider.Settings(directory.path(), Map.of("DATABASE_POOL_SIZE", "8")));
  }

  private static long pid(Path directory) {
    try {
      return Long.parseLong(
          Files.readAllLines(directory.resolve("postgresql/data/postmaster.pid")).getFirst());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }
}
