package dev.tenet.benchmark.http;

import io.helidon.common.socket.SocketOptions;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;

/// A server of Tenet's kind that takes a body and always answers the same: the least that an answer can cost.
final class FixedServer implements AutoCloseable {

  private final WebServer server;

  private FixedServer(WebServer server) {
    this.server = server;
  }

  static FixedServer start(String path, byte[] answer) {
    HttpRouting.Builder routing =
        HttpRouting.builder()
            .post(
                path,
                (request, response) -> {
                  byte[] body = request.content().as(byte[].class);
                  if (body.length == 0) {
                    throw new IllegalArgumentException("a request without a body");
                  }
                  response.header(HeaderNames.CONTENT_TYPE, "application/json");
                  response.send(answer);
                });
    WebServer server =
        WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .routing(routing)
            .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
            .shutdownHook(false)
            .build();
    server.start();
    return new FixedServer(server);
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
  }
}
