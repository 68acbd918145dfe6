package dev.tenet.bootstrap.cli;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The option that says which running server a command asks.
final class ServerAddress {

  private static final String DEFAULT_URL = "http://127.0.0.1:8080";

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The server; default " + DEFAULT_URL + ".")
  private String url = DEFAULT_URL;

  /// The environment variable with the API key to send.
  static final String KEY = "TENET_API_KEY";

  /// {@return a client of the server, which sends the API key of the environment}
  TenantClient open(Map<String, String> environment) throws CommandFailure {
    return new TenantClient(
        server(), Optional.ofNullable(environment.get(KEY)).filter(key -> !key.isBlank()));
  }

  private URI server() throws CommandFailure {
    try {
      URI server = URI.create(url.endsWith("/") ? url.substring(0, url.length() - 1) : url);
      String scheme = Optional.ofNullable(server.getScheme()).orElse("").toLowerCase(Locale.ROOT);
      if (server.getHost() != null && (scheme.equals("http") || scheme.equals("https"))) {
        return server;
      }
    } catch (IllegalArgumentException e) {
      // Reported below, like a URL of another kind.
    }
    throw CommandFailure.badInput(
        "--url: \"%s\" is no URL of a server; write it like %s.".formatted(url, DEFAULT_URL));
  }
}
