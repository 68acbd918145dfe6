package dev.tenet.bootstrap.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.bootstrap.http.Client;
import dev.tenet.bootstrap.http.Reply;
import dev.tenet.bootstrap.server.ServerProcess;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A decision that must be kept is kept once it is answered, whatever is killed then.
@Tag("slow")
@Timeout(300)
final class DecisionCrashTest {

  private static final int CLIENTS = 6;
  private static final int ANSWERS_BEFORE_A_KILL = 200;
  private static final String SCHEMA = "{\"definition\": {\"User\": {\"Age\": \"int\"}}}";

  private final List<ServerProcess> servers = new ArrayList<>();
  private final Queue<String> answered = new ConcurrentLinkedQueue<>();
  private final Semaphore answers = new Semaphore(0);

  @TempDir private Path folder = Path.of("");

  @AfterEach
  void end() {
    servers.forEach(ServerProcess::close);
    new PostgresProcesses(data()).all().forEach(ProcessHandle::destroyForcibly);
  }

  private Path data() {
    return folder.resolve("data");
  }

  private URI start() {
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
    return server.awaitReady();
  }

  @Test
  void whatWasAnsweredIsInTheLogAfterTheServerAndItsDatabaseWereKilled()
      throws InterruptedException {
    URI uri = start();
    var client = new Client(uri);
    String tenant =
        "/api/v1/tenants/" + client.post("/api/v1/tenants", Map.of("name", "acme")).text("id");
    client.post(tenant + "/schema", SCHEMA).expect(201);
    client
        .post(tenant + "/rules", Map.of("name", "adult", "expression", "User.Age >= 18"))
        .expect(201);
    client
        .put(
            tenant.replace("/api/v1/", "/api/v1/admin/") + "/decision-log",
            Map.of("mode", "all", "delivery", "durable"))
        .expect(200);

    List<Thread> clients = decideUntilTheServerIsGone(uri, tenant);
    answers.acquire(ANSWERS_BEFORE_A_KILL);
    new PostgresProcesses(data()).all().forEach(ProcessHandle::destroyForcibly);
    answers.acquire(1);
    servers.getLast().kill();
    for (Thread thread : clients) {
      thread.join();
    }

    assertThat(answered).hasSizeGreaterThan(ANSWERS_BEFORE_A_KILL);
    assertThat(kept(new Client(start()), tenant)).containsAll(answered);
  }

  /// Refusals while the database is away are right; a lost connection is the end.
  private List<Thread> decideUntilTheServerIsGone(URI uri, String tenant) {
    List<Thread> threads = new ArrayList<>();
    for (int number = 0; number < CLIENTS; number++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      while (true) {
                        Reply reply =
                            new Client(uri)
                                .post(
                                    tenant + "/evaluate",
                                    Map.of("facts", Map.of("User", Map.of("Age", 20))));
                        if (reply.status() == 200) {
                          answered.add(reply.text("decisionId"));
                          answers.release();
                        } else {
                          reply.problem(503, "store_unavailable");
                        }
                      }
                    } catch (UncheckedIOException gone) {
                      // the server was killed
                    }
                  }));
    }
    return threads;
  }

  private static Set<Object> kept(Client client, String tenant) {
    Set<Object> kept = new HashSet<>();
    String token = "";
    do {
      Reply page = client.get(tenant + "/decisions?pageSize=1000" + token).expect(200);
      kept.addAll(page.each("decisions", "decisionId"));
      token = page.at("nextPageToken") == null ? "" : "&pageToken=" + page.text("nextPageToken");
    } while (!token.isEmpty());
    return kept;
  }
}
