package dev.tenet.bootstrap.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.bootstrap.Main;
import java.io.BufferedReader;
import java.io.IOException;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Runs Tenet as a process of its own, as the launcher does.
@Timeout(120)
class TenetProcessTest {

  private final List<Process> started = new ArrayList<>();

  @TempDir private Path folder = Path.of("");

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("TENET_") || name.equals("PORT"));
    builder.redirectError(folder.resolve("err").toFile());
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private List<String> err() throws IOException {
    return Files.readAllLines(folder.resolve("err"));
  }

  private static String word(String line) {
    return line.substring(line.lastIndexOf(' ') + 1);
  }

  @Test
  void servesUntilSigtermAndEndsWithStatus0() throws Exception {
    Files.writeString(
        Files.createDirectory(folder.resolve("jars")).resolve("broken.jar"), "no jar");
    Process process =
        start(
            "serve",
            "--store",
            "inmemory",
            "--port",
            "0",
            "--extensions",
            folder.resolve("jars").toString());
    BufferedReader out = process.inputReader(UTF_8);
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
    process.toHandle().destroy();
    assertThat(process.waitFor()).isZero();
    assertThat(out.readLine()).isNull();
    assertThat(err())
        .singleElement()
        .asString()
        .contains("WARNING Extension left out: broken.jar: the jar cannot be opened");
  }

  @Test
  void takenPortIsOneLineAndStatus1() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process process =
          start("serve", "--store", "inmemory", "--port", Integer.toString(taken.getLocalPort()));
      assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(1);
      assertThat(process.inputReader(UTF_8).readLine()).isNull();
      assertThat(err())
          .containsExactly(
              "tenet: Port %d on 127.0.0.1 is taken. Stop what listens there, or choose another port with --port."
                  .formatted(taken.getLocalPort()));
    }
  }

  @Test
  void statusOfTheCommandIsThatOfTheProcess() throws Exception {
    Process wrong = start("serve", "--nope");
    assertThat(wrong.waitFor()).isEqualTo(2);
    Process help = start("--help");
    assertThat(help.inputReader(UTF_8).readLine()).startsWith("Usage: tenet");
    assertThat(help.waitFor()).isZero();
  }
}
