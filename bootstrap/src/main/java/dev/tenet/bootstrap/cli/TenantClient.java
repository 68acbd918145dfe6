package dev.tenet.bootstrap.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tenet.http.json.PlainJson;
import dev.tenet.http.json.StrictJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/// Asks a running server.
final class TenantClient implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final URI server;

  TenantClient(URI server) {
    this.server = server;
  }

  /// {@return the URL of a path of the API}
  String url(String path) {
    return server + "/api/v1" + path;
  }

  /// {@return the JSON object that the server answers}
  ///
  /// @throws CommandFailure when it is not there or refuses
  Map<?, ?> post(String path, Map<String, ?> body) throws CommandFailure, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url(path)))
            .header("Content-Type", "application/json")
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofString(PlainJson.text(body), UTF_8))
            .build();
    HttpResponse<byte[]> response;
    try {
      response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw CommandFailure.failed(
          "There is no server at %s. Start one with ./tenet serve, or name another with --url."
              .formatted(server));
    }
    Map<?, ?> answer = json(response.body());
    if (response.statusCode() / 100 != 2) {
      String error =
          answer.get("error") instanceof String text ? text : "it is perhaps no Tenet server.";
      throw CommandFailure.failed(
          "POST %s was answered with status %d: %s"
              .formatted(url(path), response.statusCode(), error));
    }
    return answer;
  }

  private static Map<?, ?> json(byte[] body) {
    try {
      return StrictJson.parse(body) instanceof Map<?, ?> map ? map : Map.of();
    } catch (StrictJson.Malformed e) {
      return Map.of();
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
