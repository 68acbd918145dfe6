package dev.tenet.bootstrap.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Talks to a server as users do.
public record Client(URI base) {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  public Reply get(String path) {
    return send("GET", path, null, Map.of());
  }

  public Reply delete(String path) {
    return send("DELETE", path, null, Map.of());
  }

  public Reply post(String path, String json) {
    return send("POST", path, json, Map.of());
  }

  public Reply post(String path, Map<String, ?> members) {
    return post(path, json(members));
  }

  public Reply put(String path, String json) {
    return send("PUT", path, json, Map.of());
  }

  public Reply put(String path, Map<String, ?> members) {
    return put(path, json(members));
  }

  public Reply send(
      String method, String path, @Nullable String body, Map<String, String> headers) {
    return sendBytes(
        method, path, body == null ? null : body.getBytes(StandardCharsets.UTF_8), headers);
  }

  /// {@return the answer to any request}
  ///
  /// @param headers replace the content type, too, which is JSON otherwise
  public Reply sendBytes(
      String method, String path, byte @Nullable [] body, Map<String, String> headers) {
    var request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(PATIENCE)
            .method(
                method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (body != null) {
      request.setHeader("Content-Type", "application/json");
    }
    headers.forEach(request::setHeader);
    try {
      HttpResponse<String> response =
          HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Reply(response.statusCode(), response.headers(), response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String json(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case String text ->
          '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
      case Map<?, ?> map ->
          String.join(
                  ",",
                  map.entrySet().stream()
                      .map(e -> json(e.getKey()) + ':' + json(e.getValue()))
                      .toList())
              .transform(members -> '{' + members + '}');
      case List<?> list ->
          String.join(",", list.stream().map(Client::json).toList())
              .transform(elements -> '[' + elements + ']');
      default -> value.toString();
    };
  }
}
