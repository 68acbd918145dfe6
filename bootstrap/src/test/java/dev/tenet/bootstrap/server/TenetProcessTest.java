package dev.tenet.bootstrap.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.spi.FunctionProvider;
import dev.tenet.spi.Policy;
import dev.tenet.spi.PolicyRegistry;
import java.io.BufferedReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Runs Tenet as a process of its own, as the launcher does.
@Timeout(120)
class TenetProcessTest {

  private final List<ServerProcess> started = new ArrayList<>();

  @TempDir private Path folder = Path.of("");

  @AfterEach
  void end() {
    started.forEach(ServerProcess::close);
  }

  private ServerProcess start(String... arguments) {
    ServerProcess process = ServerProcess.start(folder.resolve("err"), Map.of(), arguments);
    started.add(process);
    return process;
  }

  private static String word(String line) {
    return line.substring(line.lastIndexOf(' ') + 1);
  }

  @Test
  void servesUntilSigtermAndEndsWithStatus0() throws Exception {
    Files.writeString(
        Files.createDirectory(folder.resolve("jars")).resolve("broken.jar"), "no jar");
    ServerProcess process =
        start(
            "serve",
            "--store",
            "inmemory",
            "--port",
            "0",
            "--extensions",
            folder.resolve("jars").toString());
    BufferedReader out = process.out();
    assertThat(out.readLine()).matches("Tenet \\S+ \\(store: inmemory\\)");
    assertThat(out.readLine()).matches("API      http://127\\.0\\.0\\.1:\\d+/api/v1");
    assertThat(out.readLine()).matches("Swagger  http://127\\.0\\.0\\.1:\\d+/swagger/");
    String health = out.readLine();
    assertThat(health).matches("Health   http://127\\.0\\.0\\.1:[1-9]\\d*/health");
    assertThat(out.readLine()).startsWith("Warning  the store keeps all data in memory");
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(word(health))).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.body()).contains("\"status\":\"ok\"");
    }
    process.stop();
    assertThat(out.readLine()).isNull();
    assertThat(process.errors())
        .singleElement()
        .asString()
        .contains("WARNING Extension left out: broken.jar: the jar cannot be opened");
  }

  /// Whoever ends it while it starts leaves no database behind that runs.
  @Test
  void sigtermWhileItStartsEndsTheDatabaseToo() throws Exception {
    Path data = folder.resolve("data");
    Path running = data.resolve("postgresql/data/postmaster.pid");
    ServerProcess process =
        start("serve", "--data-dir", data.toString(), "--port", "0", "--auth", "off");
    while (!Files.exists(running) && process.handle().isAlive()) {
      LockSupport.parkNanos(1_000_000);
    }
    process.handle().destroy();
    assertThat(process.status()).hasValue(0);
    assertThat(running).doesNotExist();
  }

  /// A registry with a policy that cannot work, as if it were linked.
  public static final class IdlePolicies extends PolicyRegistry {
    /// What is linked.
    public IdlePolicies() {
      super(List.of(new IdlePolicy()));
    }
  }

  private static final class IdlePolicy implements Policy {
    @Override
    public String name() {
      return "idle";
    }

    @Override
    public Map<String, Object> execute(Map<String, ?> input) {
      return Map.of();
    }

    @Override
    public void validate() {
      throw new IllegalStateException("it has nothing to do");
    }
  }

  @Test
  void aPolicyThatCannotWorkKeepsTenetFromStarting() throws Exception {
    Path services = Files.createDirectories(folder.resolve("linked/META-INF/services"));
    Files.writeString(
        services.resolve(FunctionProvider.class.getName()), IdlePolicies.class.getName());
    ServerProcess process =
        ServerProcess.with(
            folder.resolve("linked"),
            folder.resolve("err"),
            "serve",
            "--store",
            "inmemory",
            "--port",
            "0");
    started.add(process);
    assertThat(process.status()).hasValue(1);
    assertThat(process.errors())
        .singleElement()
        .asString()
        .startsWith("tenet: What is compiled into Tenet cannot work: built-in: ")
        .contains("the policy idle cannot work: it has nothing to do")
        .endsWith("build Tenet again.");
  }

  @Test
  void takenPortIsOneLineAndStatus1() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ServerProcess process =
          start("serve", "--store", "inmemory", "--port", Integer.toString(taken.getLocalPort()));
      assertThat(process.status()).hasValue(1);
      assertThat(process.out().readLine()).isNull();
      assertThat(process.errors())
          .containsExactly(
              "tenet: Port %d on 127.0.0.1 is taken. Stop what listens there, or choose another port with --port."
                  .formatted(taken.getLocalPort()));
    }
  }

  @Test
  void statusOfTheCommandIsThatOfTheProcess() throws Exception {
    assertThat(start("serve", "--nope").status()).hasValue(2);
    ServerProcess help = start("--help");
    assertThat(help.out().readLine()).startsWith("Usage: tenet");
    assertThat(help.status()).hasValue(0);
  }
}
