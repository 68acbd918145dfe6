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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Asks a running server.
final class TenantClient implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int UNAUTHORIZED = 401;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE).build();
  private final URI server;
  private final Optional<String> key;

  /// @param key the API key to send
  TenantClient(URI server, Optional<String> key) {
    this.server = server;
    this.key = key;
  }

  /// {@return whether an API key is sent}
  boolean sendsKey() {
    return key.isPresent();
  }

  /// {@return the URL of a path of the API}
  String url(String path) {
    return server + "/api/v1" + path;
  }

  /// {@return the JSON object that the server answers}
  ///
  /// @throws CommandFailure when it is not there or refuses
  Map<?, ?> post(String path, Map<String, ?> body) throws CommandFailure, InterruptedException {
    return ask("POST", path, body);
  }

  /// {@return the JSON object that the server answers, or an empty one}
  ///
  /// @param body null for none
  /// @throws CommandFailure when it is not there or refuses
  Map<?, ?> ask(String method, String path, @Nullable Map<String, ?> body)
      throws CommandFailure, InterruptedException {
    HttpRequest.Builder asked = HttpRequest.newBuilder(URI.create(url(path))).timeout(PATIENCE);
    key.ifPresent(secret -> asked.header("Authorization", "Bearer " + secret));
    if (body == null) {
      asked.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      asked
          .header("Content-Type", "application/json")
          .method(method, HttpRequest.BodyPublishers.ofString(PlainJson.text(body), UTF_8));
    }
    HttpRequest request = asked.build();
    HttpResponse<byte[]> response;
    try {
      response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw CommandFailure.failed(
          "There is no server at %s. Start one with ./tenet serve, or name another with --url."
              .formatted(server));
    }
    Map<?, ?> answer = json(response.body());
    if (response.statusCode() == UNAUTHORIZED && key.isEmpty()) {
      throw CommandFailure.failed(
          "The server at %s wants to know who asks. Put an API key into the environment variable %s."
              .formatted(server, ServerAddress.KEY));
    }
    if (response.statusCode() / 100 != 2) {
      throw CommandFailure.failed(
          "%s %s was answered with status %d: %s"
              .formatted(method, url(path), response.statusCode(), reason(answer)));
    }
    return answer;
  }

  /// {@return what the server says; several faults are a line each, with their places}
  private static String reason(Map<?, ?> answer) {
    if (answer.get("errors") instanceof List<?> faults && faults.size() > 1) {
      return faults.stream()
          .map(
              fault ->
                  fault instanceof Map<?, ?> said
                      ? "\n  %s: %s".formatted(place(said), said.get("message"))
                      : "")
          .collect(Collectors.joining());
    }
    return answer.get("error") instanceof String text ? text : "it is perhaps no Tenet server.";
  }

  private static @Nullable Object place(Map<?, ?> fault) {
    return fault.containsKey("field") ? fault.get("field") : fault.get("pointer");
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
