package dev.tenet.bootstrap.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenet.bootstrap.http.Client;
import dev.tenet.bootstrap.http.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A sensitive value is nowhere in the files of the database, its write-ahead log and its messages among them, nor in what
/// the server says: looked for byte by byte.
@Timeout(180)
final class SecretsStaySecretTest {

  private static final String SECRET = "Planted5ecretValue";
  private static final long SECRET_NUMBER = 8_112_233_445_566_778L;

  /// Is there to be found, so that the search is known to find.
  private static final String OPEN = "PlantedOpenValue";

  private static final String SCHEMA =
      """
      {"definition": {
        "User": {"Name": "string", "Age": "int",
          "Pin": {"type": "string", "sensitive": true, "optional": true},
          "Number": {"type": "int", "sensitive": true, "optional": true},
          "Profile": {"object": {"Email": "string"}, "sensitive": true, "optional": true},
          "Free": {"type": "dyn", "sensitive": true, "optional": true},
          "Cards": {"list": {"object": {"No": {"type": "string", "sensitive": true}}}, "optional": true}}}}
      """;

  @TempDir private Path folder = Path.of("");

  @Test
  void aPlantedSecretIsFoundNowhere() throws IOException {
    Path data = folder.resolve("data");
    Path errors = folder.resolve("err");
    String out;
    try (ServerProcess server =
        ServerProcess.start(
            errors, Map.of(), "serve", "--port", "0", "--data-dir", data.toString())) {
      use(new Client(server.awaitReady()));
      server.stop();
      out = String.join("\n", server.out().lines().toList());
    }

    String log = Files.readString(errors);
    assertThat(log).containsPattern("script\\.speaker of the tenant \\S+: \\(not written");
    assertThat(out + log).doesNotContain(SECRET, Long.toString(SECRET_NUMBER));
    assertThat(filesWith(data, OPEN.getBytes(UTF_8))).isNotEmpty();
    assertThat(filesWith(data, SECRET.getBytes(UTF_8))).isEmpty();
    assertThat(filesWith(data, Long.toString(SECRET_NUMBER).getBytes(UTF_8))).isEmpty();
  }

  private static void use(Client client) {
    String tenant =
        "/api/v1/tenants/" + client.post("/api/v1/tenants", Map.of("name", "acme")).text("id");
    client.post(tenant + "/schema", SCHEMA).expect(201);
    client
        .put(
            tenant.replace("/api/v1/", "/api/v1/admin/") + "/decision-log",
            Map.of("mode", "all", "delivery", "durable"))
        .expect(200);
    client
        .post(tenant + "/derived", Map.of("name", "copy", "expression", "User.Pin + '!'"))
        .expect(201);
    client
        .put(
            tenant + "/scripts/speaker",
            Map.of(
                "source",
                "export function say({text}) { console.log(text); throw new Error(text); }",
                "functions",
                Map.of(
                    "say",
                    Map.of(
                        "input",
                        Map.of("text", "string"),
                        "output",
                        "bool",
                        "timeout_ms",
                        10_000))))
        .expect(200);
    int number = 0;
    for (String expression :
        List.of(
            "User.Name == '" + OPEN + "'",
            "User.Pin == 'x'",
            "copy == 'x'",
            "int(User.Pin) > 1",
            "duration(User.Pin) > duration('1s')",
            "timestamp(User.Pin) < now",
            "User.Pin.matches(User.Pin + '(')",
            "User.Pin.charAt(100) == 'x'",
            "{User.Pin: 1}['x'] == 1",
            "User.Free.a.b == 1",
            "User.Profile.Email + 1 == ''",
            "script.speaker.say(User.Pin)",
            "User.Cards[7].No == ''",
            "9 / (User.Number - User.Number) > 1",
            "User.Number + 9223372036854775807 > 1")) {
      client.post(
          tenant + "/rules",
          Map.of(
              "name",
              "rule " + number++,
              "expression",
              expression,
              "then",
              Map.of("pin", "User.Pin", "all", "User", "copy", "copy", "number", "User.Number")));
    }
    client
        .post(
            tenant + "/rules",
            Map.of(
                "name",
                "always",
                "expression",
                "true",
                "then",
                Map.of("pin", "User.Pin", "all", "User", "copy", "copy", "number", "User.Number")))
        .expect(201);
    String facts =
        """
        {"User": {"Name": "%s", "Age": 1, "Pin": "%s", "Number": %d, "Profile": {"Email": "%s"},
          "Free": {"a": ["%s"], "%s": 1}, "Cards": [{"No": "%s"}]}, "copy": "%s"}"""
            .formatted(OPEN, SECRET, SECRET_NUMBER, SECRET, SECRET, SECRET, SECRET, SECRET)
            .replace("\n", "");
    Reply answer =
        client
            .post(tenant + "/evaluate", "{\"facts\": " + facts + ", \"trace\": true}")
            .expect(200);
    assertThat(answer.text()).as("outputs are answered as they are").contains(SECRET);
    client.post(tenant + "/evaluate:batch", "[" + facts + "," + facts + "]").expect(200);
    client
        .send(
            "POST",
            tenant + "/evaluate:batch",
            facts + "\n" + facts + "\n",
            Map.of("Content-Type", "application/x-ndjson"))
        .expect(200);
    for (String wrong :
        List.of(
            facts.replace("\"Age\": 1", "\"Age\": \"" + SECRET + "\""),
            facts.replace(Long.toString(SECRET_NUMBER), "\"" + SECRET + "\""),
            facts.replace("\"Pin\": \"" + SECRET + "\"", "\"Pin\": [\"" + SECRET + "\"]"))) {
      client.post(tenant + "/evaluate", "{\"facts\": " + wrong + "}").expect(400);
    }
    client
        .post(tenant + "/evaluate", "{\"facts\": {\"User\": {\"Pin\": \"" + SECRET + "\"")
        .expect(400);
    Reply kept = client.get(tenant + "/decisions/" + answer.text("decisionId")).expect(200);
    assertThat(kept.text()).contains(OPEN, "***").doesNotContain(SECRET);
    Reply replay =
        client.post(tenant + "/decisions/" + answer.text("decisionId") + ":replay", "").expect(200);
    assertThat(replay.text()).doesNotContain(SECRET);
  }

  private static List<Path> filesWith(Path folder, byte[] wanted) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).filter(file -> contains(file, wanted)).toList();
    }
  }

  private static boolean contains(Path file, byte[] wanted) {
    try {
      byte[] content = Files.readAllBytes(file);
      for (int at = 0; at <= content.length - wanted.length; at++) {
        if (content[at] == wanted[0]
            && Arrays.equals(content, at, at + wanted.length, wanted, 0, wanted.length)) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
